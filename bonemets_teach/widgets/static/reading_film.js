// One picture on a dark film: painting, pointer, wheel and touch. Everything is read from the viewport that owns it.

const LARGEST_ZOOM = 12;
// Name and values stand in strips above and below: a whole body fits between them, or skull and feet would be hidden.
const STRIPS_PX = 58;

/** Words that stay the same are not written again: that would cost a layout in each frame. */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function filmParts(number) {
  const canvas = h("canvas", { tabindex: "0", role: "application", "aria-roledescription": "image viewer", "aria-label": `Picture ${number}` });
  const letters = Object.fromEntries(["top", "bottom", "left", "right"].map((side) => [side, h("span", { class: `bm-read-letter bm-read-${side}`, "aria-hidden": "true" })]));
  const title = h("span", { class: "bm-read-name" });
  const windowText = h("span", {});
  const value = h("span", { class: "bm-read-value" });
  const hot = h("span", { class: "bm-read-hot", hidden: true });
  hot.style.backgroundImage = hotGradient();
  const scale = h("span", { class: "bm-scale" });
  const wait = h("span", { class: "bm-read-wait", hidden: true }, "Loading…");
  const foot = h("div", { class: "bm-film-foot", "aria-hidden": "true" }, windowText, hot, value, scale);
  const element = h("div", { class: "bm-read-film" }, canvas, title, Object.values(letters), wait, foot);
  return { canvas, letters, title, windowText, hot, value, scale, wait, element };
}

/**
 * view: {series, slice, zoom, row, column}, changed by the viewport; room: cursor, marks, windows, tool, pixels.
 * act: {click(row, column), drag(kind, dx, dy), zoom(factor, row, column), pan(rows, columns), wheel(steps)}.
 */
function makeFilm(number, view, room, act) {
  const parts = filmParts(number);
  const { canvas } = parts;
  const context = canvas.getContext("2d", { alpha: false });
  const mapper = grayMapper();
  const upper = hotMapper();
  let pending = 0;
  let size = [0, 0];
  let measured = false;

  const perMm = () => {
    const { rows, columns, pixel_mm } = view.series;
    return Math.min(size[0] / (columns * pixel_mm[1]), Math.max(size[1] - STRIPS_PX, size[1] / 2) / (rows * pixel_mm[0])) * view.zoom;
  };
  const pitch = () => view.series.pixel_mm.map((mm) => mm * perMm());
  const toScreen = (row, column) => {
    const [high, wide] = pitch();
    return [size[0] / 2 + (column - view.column) * wide, size[1] / 2 + (row - view.row) * high];
  };
  const toPixel = (x, y) => {
    const [high, wide] = pitch();
    return [view.row + (y - size[1] / 2) / high, view.column + (x - size[0] / 2) / wide];
  };
  /** Fit the canvas to its place. Asking for the place costs a layout, so it is asked for only after it has changed. */
  const measure = () => {
    if (!measured) size = [canvas.clientWidth, canvas.clientHeight];
    measured = true;
    if (!size[0]) return false; // not shown
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const wanted = size.map((length) => Math.round(length * ratio));
    if (canvas.width !== wanted[0] || canvas.height !== wanted[1]) Object.assign(canvas, { width: wanted[0], height: wanted[1] });
    context.setTransform(wanted[0] / size[0], 0, 0, wanted[1] / size[1], 0, 0);
    return true;
  };
  const labels = () => {
    const { series } = view;
    const windowWords = (one) => {
      const { center, width } = room.windowOf(one);
      return `W ${shortNumber(width)}  L ${shortNumber(center)} ${one.unit}`;
    };
    setText(parts.title, `${series.title} · ${series.when}`);
    setText(parts.windowText, [series, series.over].filter(Boolean).map(windowWords).join(" · "));
    parts.hot.hidden = !series.over;
    for (const [side, letter] of Object.entries(series.edges)) setText(parts.letters[side], letter);
    const bar = [5, 10, 20, 50, 100, 200].find((mm) => mm * perMm() > 44) ?? 500;
    setText(parts.scale, bar >= 10 ? `${bar / 10} cm` : `${bar} mm`);
    const wide = `${Math.round(bar * perMm() * 10) / 10}px`;
    if (parts.scale.style.width !== wide) parts.scale.style.width = wide;
  };
  const paint = () => {
    pending = 0;
    if (!view.series || !canvas.isConnected || !measure()) return;
    const { series, slice } = view;
    const values = room.pixels(series, slice);
    const covered = !series.over || upper.map(series, slice, room.pixels, room.windowOf(series.over));
    parts.wait.hidden = values !== null && covered;
    context.fillStyle = "#000";
    context.fillRect(0, 0, ...size);
    if (values) {
      mapper.map(series, values, room.windowOf(series), room.isInverted(series));
      const [left, top] = toScreen(-0.5, -0.5);
      context.imageSmoothingEnabled = pitch()[0] < 12;
      const place = [left, top, series.columns * pitch()[1], series.rows * pitch()[0]];
      context.drawImage(mapper.canvas, ...place);
      if (series.over && covered) {
        context.globalAlpha = view.opacity / 100;
        context.drawImage(upper.canvas, ...place);
        context.globalAlpha = 1;
      }
    }
    drawOverlay(context, { series, slice, size, toScreen, ...room.overlay() });
    labels();
    canvas.dataset.slice = slice;
    canvas.dataset.painted = values && covered ? series.id : "";
  };
  const refresh = () => {
    if (!pending) pending = requestAnimationFrame(paint);
  };

  new ResizeObserver(() => {
    measured = false;
    refresh();
  }).observe(canvas);

  // -- pointer and touch: one finger acts by the tool, two fingers zoom and move ---------------------------------
  const fingers = new Map();
  let start = null;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const dragKind = (event) => {
    if (event.shiftKey || event.buttons === 4 || room.tool() === "pan") return "pan";
    if (room.tool() === "window") return "window";
    return event.pointerType === "mouse" ? "window" : null;
  };
  const spread = () => {
    const [[x1, y1], [x2, y2]] = [...fingers.values()];
    return { width: Math.hypot(x2 - x1, y2 - y1), middle: [(x1 + x2) / 2, (y1 + y2) / 2] };
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (!view.series || event.button > 1) return;
    if (event.button === 1) event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, at(event));
    start = fingers.size === 1 ? { point: at(event), moved: false } : { point: null, moved: true };
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!view.series) return;
    const [x, y] = at(event);
    const known = fingers.get(event.pointerId);
    if (!known) {
      const [row, column] = toPixel(x, y);
      act.hover(row, column);
      return;
    }
    if (fingers.size === 2) {
      const before = spread();
      fingers.set(event.pointerId, [x, y]);
      const after = spread();
      const [high, wide] = pitch();
      act.pan((before.middle[1] - after.middle[1]) / high, (before.middle[0] - after.middle[0]) / wide);
      if (before.width > 1) act.zoom(after.width / before.width, ...toPixel(...after.middle));
      return;
    }
    if (!start.moved && Math.hypot(x - start.point[0], y - start.point[1]) < 5) return;
    start.moved = true;
    fingers.set(event.pointerId, [x, y]);
    const kind = dragKind(event);
    const [dx, dy] = [x - known[0], y - known[1]];
    if (kind === "window") act.window(dx, dy);
    else if (kind === "pan") act.pan(-dy / pitch()[0], -dx / pitch()[1]);
  });
  const release = (event) => {
    const wasClick = event.type === "pointerup" && fingers.has(event.pointerId) && start && !start.moved && event.button === 0;
    fingers.delete(event.pointerId);
    if (wasClick) act.click(...toPixel(...at(event)), event.detail);
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerleave", () => act.hover(null));
  canvas.addEventListener("dblclick", (event) => view.series && act.mark(...toPixel(...at(event))));

  // The wheel belongs to the page until the learner has chosen the picture.
  let turned = 0;
  canvas.addEventListener("wheel", (event) => {
    if (!view.series || (document.activeElement !== canvas && !event.ctrlKey)) return;
    event.preventDefault();
    if (event.ctrlKey || view.series.slices === 1) {
      act.zoom(Math.exp(-event.deltaY / 400), ...toPixel(...at(event)));
      return;
    }
    turned += event.deltaMode === 0 ? event.deltaY / 100 : event.deltaY / 3;
    const steps = Math.trunc(turned);
    turned -= steps;
    if (steps) act.scroll(steps);
  }, { passive: false });

  return { ...parts, refresh, toScreen, upperAt: upper.at, forget: upper.forget, size: () => size, showValue: (text) => (parts.value.textContent = text) };
}
