// The picture of a scene as an image that the kernel drew for exactly this width and theme.

function figureView(spec) {
  const image = h("img", { alt: `Picture: ${spec.title}. The text below says what it shows.`, class: "bm-picture" });
  const element = h("div", { class: "bm-picture-frame" }, image);
  let url = "";
  let drawnAt = 0;
  const width = () => Math.round(element.clientWidth || 700);
  return {
    element,
    describedBy: (id) => image.setAttribute("aria-describedby", id),
    look() {
      drawnAt = width();
      const narrow = drawnAt < 540;
      element.style.setProperty("aspect-ratio", String(1 / (narrow ? spec.aspect_narrow : spec.aspect)));
      return { width: drawnAt, scale: Math.min(window.devicePixelRatio || 1, 2), theme: currentTheme(), narrow };
    },
    lookChanged: () => Math.abs(width() - drawnAt) > 8,
    async show(message, buffers) {
      const before = url;
      url = URL.createObjectURL(new Blob([buffers[0]], { type: "image/png" }));
      image.src = url;
      try {
        await image.decode();
      } catch {
        // A newer frame replaced this one before it was decoded.
      }
      if (before) URL.revokeObjectURL(before);
    },
  };
}

export default { render: (context) => renderExplorer(context, figureView) };
