// Jupyter messages as bytes: subprotocol v1.kernel.websocket.jupyter.org.
// Layout: number of offsets, offsets (64-bit little-endian), channel, header, parent, metadata, content, buffers.
const PROTOCOL = "v1.kernel.websocket.jupyter.org";
const encoder = new TextEncoder();
const decoder = new TextDecoder();

function packMessage(channel, message, buffers = []) {
  const json = [message.header, message.parent_header, message.metadata, message.content];
  const parts = [encoder.encode(channel), ...json.map((part) => encoder.encode(JSON.stringify(part))), ...buffers.map(asBytes)];
  const head = 8 * (parts.length + 2);
  const offsets = [head];
  for (const part of parts) offsets.push(offsets.at(-1) + part.byteLength);
  const bytes = new Uint8Array(offsets.at(-1));
  const view = new DataView(bytes.buffer);
  [offsets.length, ...offsets].forEach((number, index) => view.setBigUint64(8 * index, BigInt(number), true));
  parts.forEach((part, index) => bytes.set(part, offsets[index]));
  return bytes;
}

function unpackMessage(buffer) {
  const view = new DataView(buffer);
  const count = Number(view.getBigUint64(0, true));
  const offsets = Array.from({ length: count }, (_, index) => Number(view.getBigUint64(8 * (index + 1), true)));
  const part = (index) => new Uint8Array(buffer, offsets[index], offsets[index + 1] - offsets[index]);
  const json = (index) => JSON.parse(decoder.decode(part(index)));
  // A buffer is a view on the whole message; its .buffer is more than itself.
  const buffers = [];
  for (let index = 5; index < count - 1; index += 1) buffers.push(new DataView(buffer, offsets[index], offsets[index + 1] - offsets[index]));
  return { channel: decoder.decode(part(0)), header: json(1), parent_header: json(2), metadata: json(3), content: json(4), buffers };
}

function asBytes(data) {
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  throw new TypeError("A buffer is an ArrayBuffer or a view on one.");
}

/** A random name; crypto.randomUUID is missing where the page is not served over https. */
function randomId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
