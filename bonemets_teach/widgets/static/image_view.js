// An image in its physical unit: window by drag, keys and sliders; zoom, pan and read-out. All in the browser.

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** Maps 16-bit values through the window into gray pixels on a canvas of the image's own size; a drag allocates nothing. */
function windowMapper() {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  const table = new Uint32Array(65536);
  let [pixels, out] = [null, null];
  const fillTable = ({ offset, slope, invert }, { center, width }) => {
    const gain = 255 / Math.max(width, 1e-6);
    const [start, step] = [(offset - center + width / 2) * gain + 0.5, slope * gain];
    for (let q = 0; q < 65536; q += 1) {
      const gray = start + q * step;
      const level = gray <= 0 ? 0 : gray >= 255 ? 255 : gray | 0;
      table[q] = 0xff000000 | ((invert ? 255 - level : level) * 0x010101);
    }
  };
  return {
    canvas,
    map({ meta, values }, view) {
      const { rows, columns } = meta;
      if (!pixels || pixels.width !== columns || pixels.height !== rows) {
        Object.assign(canvas, { width: columns, height: rows });
        pixels = context.createImageData(columns, rows);
        out = new Uint32Array(pixels.data.buffer);
      }
      fillTable(meta, view);
      for (let n = 0; n < values.length; n += 1) out[n] = table[values[n]];
      context.putImageData(pixels, 0, 0);
    },
  };
}

/** Slider with number for center or width. */
function windowSlider(label, unit, change) {
  const id = uid("window");
  const range = h("input", { id, type: "range", step: "any" });
  const output = h("output", { for: id });
  range.addEventListener("input", () => change(Number(range.value)));
  const element = h("div", { class: "bm-control" }, h("div", { class: "bm-row" }, h("label", { for: id, class: "bm-label" }, label), output), range);
  return {
    element,
    show(value, low, high) {
      Object.assign(range, { min: low, max: high });
      range.value = value;
      const words = `${Number(value.toPrecision(3))} ${unit}`;
      if (output.textContent === words) return;
      output.textContent = words;
      range.setAttribute("aria-valuetext", output.textContent);
    },
  };
}

const IMAGE_KEYS = tr("With the image focused: arrow keys move the window (up and down its center, left and right its width), + and − zoom, Shift and arrow keys pan, 0 resets.");

function imageView(spec) {
  const canvas = h("canvas", { tabindex: "0", role: "img", "aria-label": tr("Image: {title}. The text below says what it shows.", { title: spec.title }) });
  const mapper = windowMapper();
  const marks = h("div", { class: "bm-marks", "aria-hidden": "true" });
  const readout = h("span", { class: "bm-readout" });
  const windowText = h("span", { class: "bm-readout" });
  const scaleBar = h("span", { class: "bm-scale" });
  const frame = h("div", { class: "bm-film-frame" }, canvas, marks, h("div", { class: "bm-film-foot" }, windowText, readout, scaleBar));
  const film = h("div", { class: "bm-film" }, frame);
  marks.hidden = true;
  const view = { center: 0, width: 1, zoom: 1, row: 0.5, column: 0.5, preset: null };
  let image = null;
  let pending = 0;
  let pressed = null;

  const draw = () => {
    cancelAnimationFrame(pending);
    pending = 0;
    if (!image) return;
    mapper.map(image, view);
    paint();
    showWindow();
  };
  /** Fit frame and canvas to their place; asking for it costs a layout, so it is asked for once in each size. */
  const fitted = (rows, columns) => {
    // A tall film must fit the screen together with its tools, so its height is bounded too.
    const room = Math.max(320, window.innerHeight * 0.72);
    const width = Math.round(Math.min(film.clientWidth || 400, (room * columns) / rows));
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const wanted = [width, (width * rows) / columns].map((length) => Math.round(length * ratio));
    frame.style.width = `${width}px`;
    if (canvas.width !== wanted[0] || canvas.height !== wanted[1]) Object.assign(canvas, { width: wanted[0], height: wanted[1] });
    return width;
  };
  const paint = () => {
    const { rows, columns, pixel_mm, unit } = image.meta;
    const width = (image.width ??= fitted(rows, columns));
    const context = canvas.getContext("2d");
    const spanX = columns / view.zoom;
    const spanY = rows / view.zoom;
    const left = clamp(view.column * columns - spanX / 2, 0, columns - spanX);
    const top = clamp(view.row * rows - spanY / 2, 0, rows - spanY);
    Object.assign(image, { left, top, spanX, spanY });
    context.imageSmoothingQuality = "high";
    context.drawImage(mapper.canvas, left, top, spanX, spanY, 0, 0, canvas.width, canvas.height);
    const perMm = width / spanX / pixel_mm;
    const bar = [10, 20, 50, 100, 200].find((mm) => mm * perMm > 48) ?? 500;
    if (scaleBar.textContent !== `${bar} mm`) scaleBar.textContent = `${bar} mm`;
    scaleBar.style.width = `${bar * perMm}px`;
    windowText.textContent = `W ${Number(view.width.toPrecision(3))}  L ${Number(view.center.toPrecision(3))} ${unit}`;
    placeMarks();
  };
  /** Marks move with the part of the image that is seen, not with its window. */
  const placeMarks = () => {
    const place = [image.left, image.top, image.spanX, image.spanY].join();
    if (image.placed === place) return;
    image.placed = place;
    marks.replaceChildren(
      ...image.meta.marks.map(([row, column, label]) => {
        const x = ((column - image.left) / image.spanX) * 100;
        const y = ((row - image.top) / image.spanY) * 100;
        if (x < 0 || x > 100 || y < 0 || y > 100) return h("span", { hidden: true });
        // Near the right edge the words stand to the left of their point, or they would be cut.
        return h("span", { class: x > 72 ? "bm-mark bm-mark-left" : "bm-mark", style: `left:${x}%;top:${y}%` }, label);
      }),
    );
  };
  const refresh = () => {
    if (!pending) pending = requestAnimationFrame(draw);
  };
  const range = () => image?.meta.range ?? [0, 1];
  const setWindow = (center, width, preset = null) => {
    const [low, high] = range();
    const span = high - low;
    Object.assign(view, { center: clamp(center, low - span, high + span), width: clamp(width, span / 200, span * 2), preset });
    refresh();
  };
  const center = windowSlider(tr("Center (brightness)"), spec.unit, (value) => setWindow(value, view.width));
  const width = windowSlider(tr("Width (contrast)"), spec.unit, (value) => setWindow(view.center, value));
  const buttons = spec.windows.map((preset) => [preset.id, h("button", { type: "button", "aria-pressed": "false", onclick: () => setWindow(preset.center, preset.width, preset.id) }, preset.label)]);
  const showWindow = () => {
    const [low, high] = range();
    center.show(view.center, low, high);
    width.show(view.width, (high - low) / 200, (high - low) * 1.2);
    if (pressed === view.preset) return;
    pressed = view.preset;
    buttons.forEach(([id, button]) => button.setAttribute("aria-pressed", String(id === pressed)));
  };
  const zoomBy = (factor) => {
    view.zoom = clamp(view.zoom * factor, 1, 8);
    if (image) paint();
  };
  const pan = (rows, columns) => {
    view.row = clamp(view.row + rows / view.zoom, 0, 1);
    view.column = clamp(view.column + columns / view.zoom, 0, 1);
    if (image) paint();
  };
  const home = () => {
    Object.assign(view, { zoom: 1, row: 0.5, column: 0.5 });
    const first = spec.windows[0];
    setWindow(first.center, first.width, first.id);
  };

  canvas.addEventListener("keydown", (event) => {
    const step = view.width * 0.05;
    const panning = event.shiftKey;
    const moves = {
      ArrowUp: () => (panning ? pan(-0.08, 0) : setWindow(view.center + step, view.width)),
      ArrowDown: () => (panning ? pan(0.08, 0) : setWindow(view.center - step, view.width)),
      ArrowRight: () => (panning ? pan(0, 0.08) : setWindow(view.center, view.width * 1.08)),
      ArrowLeft: () => (panning ? pan(0, -0.08) : setWindow(view.center, view.width / 1.08)),
      "+": () => zoomBy(1.25), "=": () => zoomBy(1.25), "-": () => zoomBy(0.8), 0: home,
    };
    if (!moves[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    moves[event.key]();
  });
  let drag = null;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button > 1) return;
    drag = { x: event.clientX, y: event.clientY };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    readValue(event);
    if (!drag || !image) return;
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    drag = { x: event.clientX, y: event.clientY };
    const [low, high] = range();
    if (event.shiftKey) pan(-dy / canvas.clientHeight, -dx / canvas.clientWidth);
    else setWindow(view.center + (dy * (high - low)) / 800, view.width * Math.exp(dx / 200));
  });
  const stop = () => (drag = null);
  canvas.addEventListener("pointerup", stop);
  canvas.addEventListener("pointercancel", stop);
  canvas.addEventListener("pointerleave", () => (readout.textContent = ""));
  const readValue = (event) => {
    if (!image) return;
    const box = canvas.getBoundingClientRect();
    const column = Math.floor(image.left + ((event.clientX - box.left) / box.width) * image.spanX);
    const row = Math.floor(image.top + ((event.clientY - box.top) / box.height) * image.spanY);
    const { rows, columns, offset, slope, unit } = image.meta;
    if (row < 0 || column < 0 || row >= rows || column >= columns) return;
    const value = offset + image.values[row * columns + column] * slope;
    readout.textContent = `${Number(value.toPrecision(3))} ${unit}`;
  };

  const labels = h("button", { type: "button", "aria-pressed": "false", hidden: true }, tr("Labels"));
  labels.addEventListener("click", () => {
    marks.hidden = !marks.hidden;
    labels.setAttribute("aria-pressed", String(!marks.hidden));
  });
  const tools = h(
    "div", { class: "bm-image-tools" },
    h("div", { class: "bm-presets", role: "group", "aria-label": tr("Window") }, h("span", { class: "bm-help", "aria-hidden": "true" }, tr("Window")), buttons.map(([, button]) => button)),
    h("div", { class: "bm-presets", role: "group", "aria-label": tr("Zoom") }, h("span", { class: "bm-help", "aria-hidden": "true" }, tr("Zoom")),
      h("button", { type: "button", "aria-label": tr("Zoom in"), onclick: () => zoomBy(1.25) }, "+"),
      h("button", { type: "button", "aria-label": tr("Zoom out"), onclick: () => zoomBy(0.8) }, "−"),
      h("button", { type: "button", onclick: home }, tr("Reset view")), labels),
    h("div", { class: "bm-window-sliders" }, center.element, width.element),
    h("details", { class: "bm-hint" }, h("summary", {}, tr("Mouse and keys")), h("p", {}, `${tr("Drag on the image: sideways changes the width, up and down the center; with Shift it pans.")} ${IMAGE_KEYS}`)),
  );
  return {
    element: film,
    tools,
    describedBy: (id) => canvas.setAttribute("aria-describedby", id),
    look: () => ({ width: Math.round(film.clientWidth || 400), scale: 1, theme: currentTheme(), narrow: false }),
    lookChanged: () => {
      if (image) {
        image.width = null;
        paint();
      }
      return false;
    },
    async show(message, buffers) {
      const first = image === null;
      const raw = buffers[0];
      // The buffer may start at an odd byte of the message; a 16-bit view needs a copy of its own.
      const bytes = raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength);
      image = { meta: message.image, values: new Uint16Array(bytes) };
      labels.hidden = image.meta.marks.length === 0;
      if (first) home();
      draw();
    },
  };
}

export default { render: keepingKeys((context) => renderExplorer(context, imageView)) };
