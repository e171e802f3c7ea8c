// The cue of a picture under way: "Computing…", or a bar with words where the scene says how far it is.

function progressCue() {
  const words = h("span", {}, tr("Computing…"));
  const bar = h("progress", { max: 1, value: 0, hidden: true, "aria-label": tr("Progress of the computation") });
  const element = h("div", { class: "bm-cue", hidden: true }, words, bar);
  return {
    element,
    show(busy) {
      element.hidden = !busy;
      if (busy) return;
      words.textContent = tr("Computing…");
      bar.hidden = true;
    },
    advance({ fraction, text }) {
      words.textContent = text;
      bar.value = fraction;
      bar.hidden = false;
    },
  };
}
