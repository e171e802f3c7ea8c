// The pixels of the patient's pictures: asked for when they are needed, kept until the next patient; and their gray levels.

const CHUNK_BYTES = 1_500_000;

function chunkOf(series, slice) {
  const size = Math.max(1, Math.floor(CHUNK_BYTES / (series.rows * series.columns * 2)));
  const first = Math.floor(slice / size) * size;
  return { first, count: Math.min(size, series.slices - first) };
}

/** Keeps slices by series; ask(series, first, count) sends a request, arrived() is called when something came. */
function sliceStore(ask, arrived) {
  let stacks = new Map();
  const stackOf = (id) => {
    if (!stacks.has(id)) stacks.set(id, { slices: [], asked: new Set() });
    return stacks.get(id);
  };
  const want = (series, slice) => {
    if (slice < 0 || slice >= series.slices) return;
    const stack = stackOf(series.id);
    const { first, count } = chunkOf(series, slice);
    if (stack.slices[first] || stack.asked.has(first)) return;
    stack.asked.add(first);
    ask(series.id, first, count);
  };
  return {
    get(series, slice) {
      const found = stackOf(series.id).slices[slice] ?? null;
      const { first, count } = chunkOf(series, slice);
      want(series, slice);
      // The neighbors come before the learner reaches them.
      if (found) [first + count, first - 1].forEach((next) => want(series, next));
      return found;
    },
    receive({ series, first, count, rows, columns }, buffer) {
      const stack = stackOf(series);
      stack.asked.delete(first);
      // The buffer may start at an odd byte of the message; a 16-bit view needs a copy of its own.
      const values = new Int16Array(buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength));
      const size = rows * columns;
      for (let n = 0; n < count; n += 1) stack.slices[first + n] = values.subarray(n * size, (n + 1) * size);
      arrived(series);
    },
    /** After a lost connection nothing is under way any more. */
    forgetRequests: () => stacks.forEach((stack) => stack.asked.clear()),
    clear: () => (stacks = new Map()),
  };
}

/** Maps signed 16-bit values through a window into gray pixels; the table is made anew only when the window changes. */
function grayMapper() {
  const table = new Uint32Array(65536);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  let [tableKey, shownKey, shownValues, pixels, out] = ["", "", null, null, null];

  const fillTable = (scale, window, invert) => {
    const gain = (255 * scale) / Math.max(window.width, 1e-6);
    const start = (0.5 - window.center / Math.max(window.width, 1e-6)) * 255 + 0.5;
    for (let stored = -32768; stored < 32768; stored += 1) {
      const gray = start + stored * gain;
      const level = gray <= 0 ? 0 : gray >= 255 ? 255 : gray | 0;
      table[stored + 32768] = 0xff000000 | ((invert ? 255 - level : level) * 0x010101);
    }
  };
  return {
    canvas,
    map(series, values, window, invert) {
      const key = `${series.id}|${series.scale}|${window.center}|${window.width}|${invert}`;
      if (key === shownKey && values === shownValues) return;
      if (key !== tableKey) fillTable(series.scale, window, invert);
      tableKey = shownKey = key;
      shownValues = values;
      if (!pixels || pixels.width !== series.columns || pixels.height !== series.rows) {
        Object.assign(canvas, { width: series.columns, height: series.rows });
        pixels = context.createImageData(series.columns, series.rows);
        out = new Uint32Array(pixels.data.buffer);
      }
      for (let n = 0; n < values.length; n += 1) out[n] = table[values[n] + 32768];
      context.putImageData(pixels, 0, 0);
    },
  };
}

/** The value of a pixel in the unit of its series, or null where there is none (yet). */
function valueAt(series, values, row, column) {
  const [r, c] = [Math.round(row), Math.round(column)];
  if (!values || r < 0 || c < 0 || r >= series.rows || c >= series.columns) return null;
  return series.scale * values[r * series.columns + c];
}

const shortNumber = (value) => String(Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3)));
