// Measures from each key press to the first frame after the new picture is on the page.
(() => {
  const bench = { samples: [], pressed: 0, waiting: false };
  const seen = () => {
    if (!bench.waiting) return;
    bench.waiting = false;
    requestAnimationFrame(() => bench.samples.push(performance.now() - bench.pressed));
  };
  addEventListener("keydown", () => { bench.pressed = performance.now(); bench.waiting = true; }, true);
  // Our explorer sets data-seq after its picture is on the canvas.
  bench.watchExplorer = (id) => new MutationObserver(seen).observe(document.getElementById(id), { attributes: true, attributeFilter: ["data-seq"] });
  // interact puts a new image into the output area.
  bench.watchImages = () => document.addEventListener("load", (event) => { if (event.target instanceof HTMLImageElement) seen(); }, true);
  window.bench = bench;
})();
