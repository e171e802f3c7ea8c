// Drags or scrolls a picture once a frame and returns how long each frame took [ms]; "still" only waits for frames.
async (canvas, { kind, frames }) => {
  const box = canvas.getBoundingClientRect();
  const at = (x, y) => ({ bubbles: true, cancelable: true, clientX: box.left + x, clientY: box.top + y });
  const point = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, {
    ...at(x, y), pointerId: 1, pointerType: "mouse", button: type === "pointermove" ? -1 : 0, buttons: type === "pointerup" ? 0 : 1,
  }));
  canvas.setPointerCapture = () => {};
  canvas.focus();
  if (kind === "window") point("pointerdown", 100, 100);
  const times = await new Promise((resolve) => {
    const found = [];
    let last = 0;
    const step = (now) => {
      if (last) found.push(now - last);
      last = now;
      if (found.length === frames) return resolve(found);
      const n = found.length;
      if (kind === "window") point("pointermove", 100 + 60 * Math.sin(n / 15), 100 + 60 * Math.cos(n / 11));
      if (kind === "scroll") canvas.dispatchEvent(new WheelEvent("wheel", { ...at(50, 50), deltaY: Math.floor(n / 20) % 2 ? -100 : 100 }));
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
  if (kind === "window") point("pointerup", 100, 100);
  return times;
}
