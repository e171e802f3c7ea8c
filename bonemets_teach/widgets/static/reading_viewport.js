// A viewport: which series it shows, its slice, zoom and window; the film and its native controls.

const READING_KEYS = "Arrow keys move the cursor (with Shift ten pixels), Page Up and Page Down change the slice, Enter marks, plus and minus zoom, 0 shows all, 1 to 4 set the window, B and C change brightness and contrast (with Shift the other way), V says the value. In a fused picture O shows more of the upper layer (with Shift less), L gives the window to the other layer.";

function viewportControls(number, on) {
  const select = h("select", { "aria-label": `Series of picture ${number}`, onchange: () => on.series(select.value) });
  const slider = h("input", { type: "range", min: 1, max: 1, value: 1, step: 1, "aria-label": `Slice of picture ${number}`, oninput: () => on.slice(Number(slider.value) - 1) });
  const count = h("output", { class: "bm-read-count" });
  const back = h("button", { type: "button", "aria-label": `Previous slice, picture ${number}`, onclick: () => on.scroll(-1) }, "−");
  const forth = h("button", { type: "button", "aria-label": `Next slice, picture ${number}`, onclick: () => on.scroll(1) }, "+");
  const slices = h("div", { class: "bm-read-slices", role: "group", "aria-label": `Slices of picture ${number}` }, back, slider, forth, count);
  const presets = h("div", { class: "bm-presets", role: "group", "aria-label": `Window of picture ${number}` });
  const invert = h("button", { type: "button", "aria-pressed": "false", onclick: on.invert }, "Invert");
  const zoom = h("div", { class: "bm-presets", role: "group", "aria-label": `Zoom of picture ${number}` },
    h("button", { type: "button", "aria-label": "Zoom out", onclick: () => on.zoom(1 / 1.3) }, "−"),
    h("button", { type: "button", "aria-label": "Zoom in", onclick: () => on.zoom(1.3) }, "+"),
    h("button", { type: "button", onclick: on.fit }, "Show all"), invert);
  const center = rangeRow("Brightness (center)", (value) => on.center(value));
  const width = rangeRow("Contrast (width)", (value) => on.width(value));
  const layers = layerControls(number, on);
  const sliders = h("details", { class: "bm-hint" }, h("summary", {}, "Window by slider"), center.element, width.element);
  return { select, slider, count, slices, presets, invert, zoom, center, width, layers, sliders };
}

/** A labeled slider with its value in the unit of the series. */
function rangeRow(label, change) {
  const id = uid("range");
  const range = h("input", { id, type: "range", step: "any", oninput: () => change(Number(range.value)) });
  const output = h("output", { for: id });
  const element = h("div", { class: "bm-control" }, h("div", { class: "bm-row" }, h("label", { for: id, class: "bm-label" }, label), output), range);
  const show = (value, low, high, unit) => {
    Object.assign(range, { min: low, max: high });
    range.value = value;
    output.textContent = `${shortNumber(value)} ${unit}`;
    range.setAttribute("aria-valuetext", output.textContent);
  };
  return { element, show };
}

function seriesOptions(list) {
  const rows = (when) => list.filter((series) => (series.over ? "fused" : series.date) === when).map((series) => h("option", { value: series.id }, series.title));
  const groups = { current: "Current examinations", fused: "Two on one another", prior: "Prior examinations" };
  return Object.entries(groups).map(([when, label]) => [label, rows(when)]).filter(([, found]) => found.length).map(([label, found]) => h("optgroup", { label }, found));
}

function makeViewport(number, room) {
  const view = { series: null, slice: 0, zoom: 1, row: 0, column: 0, opacity: 50, layer: "base" };
  /** The series to which the window belongs. */
  const tuned = () => (view.series.over && view.layer === "over" ? view.series.over : view.series);
  const turnTo = (slice) => {
    view.slice = within(slice, 0, view.series.slices - 1);
    controls.slider.value = view.slice + 1;
    controls.count.textContent = `${view.slice + 1} / ${view.series.slices}`;
    controls.slider.setAttribute("aria-valuetext", `slice ${view.slice + 1} of ${view.series.slices}`);
    film.refresh();
  };
  /** Scroll: the cursor goes along, so that the other picture follows. */
  const turnWithCursor = (slice) => {
    if (!view.series) return;
    turnTo(slice);
    if (room.cursor() && !view.series.projection) {
      const place = placeIn(view.series, room.cursor());
      room.moveCursor(patientAt(view.series, view.slice, place.row, place.column), number);
    }
    say();
  };
  const fit = () => {
    if (!view.series) return;
    Object.assign(view, { zoom: 1, row: (view.series.rows - 1) / 2, column: (view.series.columns - 1) / 2 });
    film.refresh();
  };
  const zoomBy = (factor, row = null, column = null) => {
    const zoom = within(view.zoom * factor, 1, LARGEST_ZOOM);
    const share = 1 - view.zoom / zoom;
    // Toward the place that is pointed at, or else toward the cursor.
    const goal = row === null ? cursorPlace() : { row, column };
    if (goal) Object.assign(view, { row: view.row + (goal.row - view.row) * share, column: view.column + (goal.column - view.column) * share });
    view.zoom = zoom;
    pan(0, 0);
  };
  const pan = (rows, columns) => {
    const reach = (count) => ((count - 1) / 2) * (1 - 1 / view.zoom) + (view.zoom > 1 ? count / 4 : 0);
    const [middleRow, middleColumn] = [(view.series.rows - 1) / 2, (view.series.columns - 1) / 2];
    view.row = within(view.row + rows, middleRow - reach(view.series.rows), middleRow + reach(view.series.rows));
    view.column = within(view.column + columns, middleColumn - reach(view.series.columns), middleColumn + reach(view.series.columns));
    film.refresh();
  };
  const cursorPlace = () => {
    const place = room.cursor() ? placeIn(view.series, room.cursor()) : null;
    return place?.inside ? place : null;
  };
  const valueText = (row, column) => {
    const value = valueAt(view.series, room.pixels(view.series, view.slice), row, column);
    const above = view.series.over ? film.upperAt(view.series, view.slice, row, column) : null;
    const words = (number, unit) => (number === null ? "" : `${shortNumber(number)} ${unit}`);
    return [words(value, view.series.unit), above === null ? "" : words(above, view.series.over.unit)].filter(Boolean).join(", ");
  };
  const showValue = (row = null, column = null) => {
    const place = row === null ? cursorPlace() : { row, column };
    film.showValue(place ? valueText(place.row, place.column) : room.cursor() ? "cursor outside" : "");
  };
  const changeWindow = (center, width, preset = null) => room.setWindow(tuned(), center, width, preset);
  const dragWindow = (dx, dy) => {
    const { center, width } = room.windowOf(tuned());
    changeWindow(center + (dy * width) / 300, width * Math.exp(dx / 200));
  };
  const usePreset = (index) => {
    const preset = tuned().windows[index];
    if (preset) changeWindow(preset.center, preset.width, preset.name);
    return preset;
  };

  const controls = viewportControls(number, {
    series: (id) => show(id),
    slice: turnWithCursor,
    scroll: (steps) => turnWithCursor(view.slice + steps),
    invert: () => room.invert(view.series),
    zoom: (factor) => view.series && zoomBy(factor),
    fit,
    center: (value) => changeWindow(value, room.windowOf(tuned()).width),
    width: (value) => changeWindow(room.windowOf(tuned()).center, value),
    opacity: (value) => blend(value),
    layer: (layer) => giveWindow(layer),
  });
  const film = makeFilm(number, view, room, {
    click(row, column) {
      film.canvas.focus({ preventScroll: true });
      const mm = pointed(view.series, view.slice, row, column, room.cursor());
      if (!placeIn(view.series, mm).inside) return;
      room.moveCursor(mm, number);
      if (room.tool() === "mark") room.mark(number);
      else say();
    },
    mark(row, column) {
      if (room.tool() === "mark") return; // its first click has marked
      room.moveCursor(pointed(view.series, view.slice, row, column, room.cursor()), number);
      room.mark(number);
    },
    hover: (row, column) => showValue(row, column),
    window: dragWindow,
    pan,
    zoom: zoomBy,
    scroll: (steps) => turnWithCursor(view.slice + steps),
  });

  const move = (rows, columns) => {
    const from = cursorPlace() ?? { row: (view.series.rows - 1) / 2, column: (view.series.columns - 1) / 2 };
    const row = within(Math.round(from.row) + rows, 0, view.series.rows - 1);
    const column = within(Math.round(from.column) + columns, 0, view.series.columns - 1);
    room.moveCursor(pointed(view.series, view.slice, row, column, room.cursor()), number);
    keepInSight(row, column);
    say();
  };
  const keepInSight = (row, column) => {
    const [x, y] = film.toScreen(row, column);
    const [width, height] = film.size();
    if (x < 0 || y < 0 || x > width || y > height) pan(row - view.row, column - view.column);
  };
  const tune = (brightness, contrast) => {
    const { center, width } = room.windowOf(tuned());
    changeWindow(center - brightness * width * 0.06, width * (1 - 0.08 * contrast));
    const now = room.windowOf(tuned());
    room.say(`Window: center ${shortNumber(now.center)}, width ${shortNumber(now.width)} ${tuned().unit}.`);
  };
  const blend = (value) => {
    view.opacity = within(value, 0, 100);
    controls.layers.show(view.series, view.opacity, view.layer);
    film.refresh();
  };
  const giveWindow = (layer) => {
    view.layer = layer;
    showPresets();
    showWindow();
  };
  const moreOfUpper = (change) => {
    if (!view.series.over) return;
    blend(view.opacity + change);
    room.say(`${view.series.names[1]} over ${view.series.names[0]}: ${view.opacity} percent.`);
  };
  const otherLayer = () => {
    if (!view.series.over) return;
    giveWindow(view.layer === "base" ? "over" : "base");
    room.say(`The window belongs to ${view.series.names[view.layer === "base" ? 0 : 1]}.`);
  };
  const showPresets = () => controls.presets.replaceChildren(...tuned().windows.map((preset, n) => h("button", { type: "button", "aria-pressed": "false", onclick: () => usePreset(n) }, preset.name)));
  film.canvas.addEventListener("keydown", (event) => {
    if (!view.series || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 10 : 1;
    const sign = event.shiftKey ? -1 : 1;
    const keys = {
      ArrowUp: () => move(-step, 0), ArrowDown: () => move(step, 0), ArrowLeft: () => move(0, -step), ArrowRight: () => move(0, step),
      PageUp: () => turnWithCursor(view.slice - 1), PageDown: () => turnWithCursor(view.slice + 1),
      Home: () => turnWithCursor(0), End: () => turnWithCursor(view.series.slices - 1),
      Enter: () => room.mark(number), "+": () => zoomBy(1.3), "=": () => zoomBy(1.3), "-": () => zoomBy(1 / 1.3), 0: fit,
      b: () => tune(sign, 0), c: () => tune(0, sign), v: () => say(), o: () => moreOfUpper(10 * sign), l: otherLayer,
    };
    const run = keys[event.key] ?? keys[event.key.toLowerCase()];
    const preset = /^[1-4]$/.test(event.key) ? () => { const found = usePreset(Number(event.key) - 1); if (found) room.say(`Window ${found.name}.`); } : null;
    if (!run && !preset) return;
    event.preventDefault();
    (run ?? preset)();
  });

  /** Slice, position and value for a screen reader. */
  const say = () => {
    const { series, slice } = view;
    const where = series.slices > 1 ? `slice ${slice + 1} of ${series.slices}` : "one picture";
    const place = cursorPlace();
    const value = place ? valueText(place.row, place.column) : "";
    room.say(`${series.title}, ${series.when}, ${where}. ${place ? `Cursor ${inWords(series, place)}. ${value ? `Value ${value}.` : ""}` : room.cursor() ? "The cursor lies outside of this picture." : ""}`);
  };
  const showWindow = () => {
    if (!view.series) return;
    const { center, width, preset } = room.windowOf(tuned());
    const { low, high } = room.windowRange(tuned());
    controls.center.show(center, low, high, tuned().unit);
    controls.width.show(width, (high - low) / 200, high - low, tuned().unit);
    controls.layers.show(view.series, view.opacity, view.layer);
    [...controls.presets.children].forEach((button) => button.setAttribute("aria-pressed", String(button.textContent === preset)));
    controls.invert.setAttribute("aria-pressed", String(room.isInverted(view.series) !== view.series.inverted));
    film.refresh();
  };
  const show = (id) => {
    const series = room.series(id);
    if (!series) return;
    Object.assign(view, { series, layer: "base" });
    controls.select.value = id;
    film.canvas.dataset.painted = "";
    film.canvas.setAttribute("aria-label", `Picture ${number}: ${series.title}, ${series.when}`);
    Object.assign(controls.slider, { max: series.slices, disabled: series.slices === 1 });
    controls.slices.hidden = series.slices === 1;
    showPresets();
    fit();
    const place = room.cursor() ? placeIn(series, room.cursor()) : null;
    turnTo(place?.inside && !series.projection ? Math.round(place.slice) : Math.floor((series.slices - 1) / 2));
    showWindow();
    room.opened(series);
    showValue();
  };
  film.canvas.addEventListener("focus", () => room.activate(number));
  const element = h("div", { class: "bm-read-view", role: "group", "aria-label": `Picture ${number}` },
    controls.select, film.element, controls.slices, controls.layers.element, h("div", { class: "bm-read-tools" }, controls.presets, controls.zoom), controls.sliders);
  return {
    element, canvas: film.canvas, refresh: film.refresh, show, showWindow, view,
    describedBy: (id) => film.canvas.setAttribute("aria-describedby", id),
    load(list) {
      controls.select.replaceChildren(...seriesOptions(list));
    },
    /** Follow the shared cursor; the picture in which it was moved keeps its slice. */
    follow(mm, from) {
      if (!view.series) return;
      const place = placeIn(view.series, mm);
      if (place.inside && !view.series.projection && from !== number) turnTo(Math.round(place.slice));
      showValue();
      film.refresh();
    },
    goTo(mm) {
      const place = placeIn(view.series, mm);
      if (!place.inside) return;
      if (!view.series.projection) turnTo(Math.round(place.slice));
      keepInSight(place.row, place.column);
    },
    clear() {
      view.series = null;
      film.forget();
      controls.select.replaceChildren();
    },
  };
}
