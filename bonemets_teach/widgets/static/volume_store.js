// The slices of the open volume: asked for when they are needed, newest wish first, and forgotten when there are too many.

const STORE_BYTES = 128e6;
const REQUESTS_UNDER_WAY = 3;
const MOST_WISHES = 6;

/** ask(plane, first, count) sends a request, arrived() is called when something came. */
function volumeStore(ask, arrived) {
  const chunks = new Map(); // in the order of their last use
  const asked = new Set();
  let wishes = [];
  let kept = 0;
  const keyOf = (plane, first) => `${plane}:${first}`;
  const pump = () => {
    while (asked.size < REQUESTS_UNDER_WAY && wishes.length) {
      const { plane, first, count } = wishes.shift();
      asked.add(keyOf(plane, first));
      ask(plane, first, count);
    }
  };
  const want = (series, slice, isUrgent) => {
    if (slice < 0 || slice >= series.slices) return;
    const { first, count } = chunkOf(series, slice);
    const key = keyOf(series.id, first);
    if (chunks.has(key) || asked.has(key)) return;
    const others = wishes.filter((wish) => keyOf(wish.plane, wish.first) !== key);
    const wish = { plane: series.id, first, count };
    // Whoever drags a slider passes many slices; only the last ones are still wanted.
    wishes = (isUrgent ? [wish, ...others] : [...others, wish]).slice(0, MOST_WISHES);
    pump();
  };
  const forgetOld = () => {
    for (const [key, chunk] of chunks) {
      if (kept <= STORE_BYTES || chunks.size <= 3) return;
      chunks.delete(key);
      kept -= chunk.bytes;
    }
  };
  return {
    get(series, slice) {
      const { first, count } = chunkOf(series, slice);
      const key = keyOf(series.id, first);
      const found = chunks.get(key);
      if (!found) {
        want(series, slice, true);
        return null;
      }
      chunks.delete(key);
      chunks.set(key, found);
      // The neighbors come before the learner reaches them.
      [first + count, first - 1].forEach((next) => want(series, next, false));
      return found.slices[slice - first];
    },
    receive({ series, first, count, rows, columns }, buffer) {
      asked.delete(keyOf(series, first));
      // The buffer may start at an odd byte of the message; a 16-bit view needs a copy of its own.
      const values = new Int16Array(buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength));
      const size = rows * columns;
      const slices = Array.from({ length: count }, (_, n) => values.subarray(n * size, (n + 1) * size));
      chunks.set(keyOf(series, first), { slices, bytes: values.byteLength });
      kept += values.byteLength;
      forgetOld();
      pump();
      arrived();
    },
    /** After a lost connection nothing is under way any more. */
    forgetRequests: () => asked.clear(),
    clear() {
      chunks.clear();
      asked.clear();
      wishes = [];
      kept = 0;
    },
  };
}
