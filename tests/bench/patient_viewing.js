// Drags or scrolls a picture once a frame. Returns how long each frame took and how much of it was work [ms], and how many
// new pictures were computed; "still" only waits for frames.
async (canvas, { kind, frames }) => {
  const box = canvas.getBoundingClientRect();
  const at = (x, y) => ({ bubbles: true, cancelable: true, clientX: box.left + x, clientY: box.top + y });
  const point = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, {
    ...at(x, y), pointerId: 1, pointerType: "mouse", button: type === "pointermove" ? -1 : 0, buttons: type === "pointerup" ? 0 : 1,
  }));
  canvas.setPointerCapture = () => {};
  canvas.focus();
  const { putImageData } = CanvasRenderingContext2D.prototype;
  let pictures = 0;
  CanvasRenderingContext2D.prototype.putImageData = function (...words) {
    pictures += 1;
    return putImageData.apply(this, words);
  };
  const act = (n) => {
    if (kind === "window") point("pointermove", 100 + 60 * Math.sin(n / 15), 100 + 60 * Math.cos(n / 11));
    if (kind === "scroll") canvas.dispatchEvent(new WheelEvent("wheel", { ...at(50, 50), deltaY: Math.floor(n / 20) % 2 ? -100 : 100 }));
  };
  if (kind === "window") point("pointerdown", 100, 100);
  const [times, work] = [[], []];
  const { port1, port2 } = new MessageChannel();
  await new Promise((resolve) => {
    let [last, acting] = [0, 0];
    const step = (now) => {
      const start = performance.now();
      if (last) times.push(now - last);
      last = now;
      if (times.length === frames) return resolve();
      requestAnimationFrame(step);
      port1.postMessage(start);
    };
    // The message comes after styles, layout and painting of the frame in which it was sent. The hand moves between frames.
    port2.onmessage = ({ data }) => {
      const end = performance.now();
      work.push(end - data + acting);
      act(times.length);
      acting = performance.now() - end;
    };
    requestAnimationFrame(step);
  });
  if (kind === "window") point("pointerup", 100, 100);
  CanvasRenderingContext2D.prototype.putImageData = putImageData;
  return { times, work, pictures };
}
