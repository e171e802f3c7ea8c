// Binary values inside widget states travel beside the JSON; these put them back and take them out.

function isBinary(value) {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

function putBuffers(state, paths, buffers) {
  paths.forEach((path, index) => {
    let place = state;
    for (const key of path.slice(0, -1)) place = place[key];
    place[path.at(-1)] = buffers[index];
  });
  return state;
}

/** Return {state, paths, buffers}: the state without its binary values, and where they belong. */
function takeBuffers(value) {
  const paths = [];
  const buffers = [];
  const walk = (part, path) => {
    if (isBinary(part)) {
      paths.push(path);
      buffers.push(part);
      return null;
    }
    if (Array.isArray(part)) return part.map((item, index) => walk(item, [...path, index]));
    if (part && typeof part === "object" && typeof part.toJSON !== "function") {
      return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, walk(item, [...path, key])]));
    }
    return part;
  };
  return { state: walk(value, []), paths, buffers };
}

function fromBase64(text) {
  return new DataView(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
}

function isEqual(a, b) {
  if (a === b) return true;
  if (isBinary(a) && isBinary(b)) {
    const [left, right] = [asBytes(a), asBytes(b)];
    return left.length === right.length && left.every((byte, index) => byte === right[index]);
  }
  if (!a || !b || typeof a !== "object" || typeof b !== "object" || isBinary(a) || isBinary(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key], b[key]));
}
