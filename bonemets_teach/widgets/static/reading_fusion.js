// Uptake over CT: brought to the pixels of the CT by geometry, shown in a hot scale that orders by lightness, for color-blind eyes too.

// From black over violet and orange to pale yellow, ever lighter (stops of matplotlib's "inferno", CC0).
const HOT = [[0, 0, 4], [22, 11, 57], [66, 10, 104], [106, 23, 110], [147, 38, 103], [188, 55, 84], [221, 81, 58], [243, 120, 25], [252, 165, 10], [246, 215, 70], [252, 255, 164]];

function hotColor(share) {
  const at = within(share, 0, 1) * (HOT.length - 1);
  const first = Math.min(Math.floor(at), HOT.length - 2);
  return HOT[first].map((value, n) => Math.round(value + (at - first) * (HOT[first + 1][n] - value)));
}

const HOT_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  const [red, green, blue] = hotColor(n / 255);
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
});

const hotGradient = () => `linear-gradient(to right, ${HOT.map((color) => `rgb(${color.join(" ")})`).join(", ")})`;

/** A series of two layers: it lies where its base lies, and knows what lies over it. */
function fuseSeries(fusion, base, over) {
  return { ...base, id: fusion.id, title: fusion.title, names: fusion.names, base, over };
}

/** Pixel (0, 0) of a slice in the stack that lies over it, and the steps of a row and of a column there. */
function walkThrough(base, slice, over) {
  const at = (row, column) => {
    const { slice: s, row: r, column: c } = placeIn(over, patientAt(base, slice, row, column));
    return [s, r, c];
  };
  const start = at(0, 0);
  const less = (place) => place.map((value, n) => value - start[n]);
  return { start, down: less(at(1, 0)), across: less(at(0, 1)), corners: [start, at(base.rows - 1, 0), at(0, base.columns - 1), at(base.rows - 1, base.columns - 1)] };
}

/** The slices of the upper stack that a slice of the base cuts, or null while one is on its way. */
function cutSlices(series, slice, pixels) {
  const { over } = series;
  const depths = walkThrough(series.base, slice, over).corners.map(([s]) => s);
  const first = within(Math.floor(Math.min(...depths)), 0, over.slices - 1);
  const last = within(Math.ceil(Math.max(...depths)), 0, over.slices - 1);
  const found = Array.from({ length: last - first + 1 }, (_, n) => pixels(over, first + n));
  return found.every(Boolean) ? { first, found } : null;
}

/** Values of the upper stack at the pixels of a slice of the base, between its voxels by distance; NaN where it does not reach. */
function resample(series, slice, { first, found }) {
  const { base, over } = series;
  const { start, down, across } = walkThrough(base, slice, over);
  const out = new Float32Array(base.rows * base.columns).fill(NaN);
  const [deep, high, wide] = [over.slices - 1, over.rows - 1, over.columns - 1];
  for (let row = 0, n = 0; row < base.rows; row += 1) {
    for (let column = 0; column < base.columns; column += 1, n += 1) {
      let s = start[0] + row * down[0] + column * across[0];
      let r = start[1] + row * down[1] + column * across[1];
      let c = start[2] + row * down[2] + column * across[2];
      if (s < -0.5 || r < -0.5 || c < -0.5 || s > deep + 0.5 || r > high + 0.5 || c > wide + 0.5) continue;
      [s, r, c] = [within(s, 0, deep), within(r, 0, high), within(c, 0, wide)];
      const [s0, r0, c0] = [Math.floor(s), Math.floor(r), Math.floor(c)];
      const [near, far] = [found[s0 - first], found[Math.min(s0 + 1, deep) - first] ?? found[s0 - first]];
      const [top, bottom, right] = [r0 * over.columns, Math.min(r0 + 1, high) * over.columns, Math.min(c0 + 1, wide)];
      const [fs, fr, fc] = [s - s0, r - r0, c - c0];
      const plane = (values) => (1 - fr) * ((1 - fc) * values[top + c0] + fc * values[top + right]) + fr * ((1 - fc) * values[bottom + c0] + fc * values[bottom + right]);
      out[n] = over.scale * ((1 - fs) * plane(near) + fs * plane(far));
    }
  }
  return out;
}

/** Paints the upper layer; what was sampled last is kept, so that window and opacity change without delay. */
function hotMapper() {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  let [placeKey, colorKey, values, image] = ["", "", null, null];
  const sampled = (series, slice, pixels) => {
    const key = `${series.id}|${slice}`;
    if (key === placeKey) return values;
    const cut = cutSlices(series, slice, pixels);
    if (!cut) return null;
    [placeKey, colorKey, values] = [key, "", resample(series, slice, cut)];
    return values;
  };
  return {
    canvas,
    forget: () => (placeKey = ""),
    /** Whether the layer is there; then the canvas holds it. */
    map(series, slice, pixels, { center, width }) {
      if (!sampled(series, slice, pixels)) return false;
      const key = `${center}|${width}`;
      if (key === colorKey) return true;
      colorKey = key;
      if (!image || image.width !== series.columns || image.height !== series.rows) {
        Object.assign(canvas, { width: series.columns, height: series.rows });
        image = context.createImageData(series.columns, series.rows);
      }
      const out = new Uint32Array(image.data.buffer);
      const gain = 255 / Math.max(width, 1e-6);
      const low = center - width / 2;
      for (let n = 0; n < out.length; n += 1) out[n] = Number.isNaN(values[n]) ? 0 : HOT_TABLE[within(Math.round((values[n] - low) * gain), 0, 255)];
      context.putImageData(image, 0, 0);
      return true;
    },
    /** The value of the upper layer at a pixel of the base, or null. */
    at(series, slice, row, column) {
      const [r, c] = [Math.round(row), Math.round(column)];
      if (`${series.id}|${slice}` !== placeKey || r < 0 || c < 0 || r >= series.rows || c >= series.columns) return null;
      const value = values[r * series.columns + c];
      return Number.isNaN(value) ? null : value;
    },
  };
}

/** What a fused picture asks for: how strong the upper layer is, and which layer the window belongs to. */
function layerControls(number, on) {
  const [id, name] = [uid("opacity"), uid("layer")];
  const label = h("label", { for: id, class: "bm-label" });
  const range = h("input", { id, type: "range", min: 0, max: 100, step: 1, value: 50, oninput: () => on.opacity(Number(range.value)) });
  const output = h("output", { for: id });
  const choices = ["base", "over"].map((layer, n) => h("input", { type: "radio", name, value: layer, checked: n === 0, onchange: () => on.layer(layer) }));
  const texts = choices.map(() => h("span", {}));
  const element = h("fieldset", { class: "bm-read-layers", hidden: true }, h("legend", { class: "bm-sr-only" }, `Layers of picture ${number}`),
    h("div", { class: "bm-control" }, h("div", { class: "bm-row" }, label, output), range),
    h("div", { class: "bm-read-choices", role: "radiogroup", "aria-label": "The window belongs to" }, h("span", { class: "bm-label", "aria-hidden": "true" }, "Window of"), choices.map((input, n) => h("label", { class: "bm-read-choice" }, input, texts[n]))));
  return {
    element,
    show(series, opacity, layer) {
      element.hidden = !series.over;
      if (!series.over) return;
      const [below, above] = series.names;
      label.textContent = `${above} over ${below}`;
      range.value = opacity;
      output.textContent = `${opacity} %`;
      range.setAttribute("aria-valuetext", `${opacity} percent`);
      [below, above].forEach((text, n) => (texts[n].textContent = text));
      choices.forEach((input) => (input.checked = input.value === layer));
    },
  };
}
