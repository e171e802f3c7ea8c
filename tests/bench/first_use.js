// Runs before the page's own scripts: brings the first explorer into view as soon as it has a place, and notes when it is usable.
(() => {
  if (window.top !== window) return;
  const usable = (root) => Boolean(root?.dataset.seq);
  let shown = null;
  const look = () => {
    const root = document.querySelector(".bm-explorer");
    const place = root ?? document.querySelector("#cell-explorer .bm-slot");
    if (place && place !== shown) {
      shown = place;
      place.scrollIntoView({ block: "center" });
    }
    if (usable(root)) window.benchFirstUse = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
