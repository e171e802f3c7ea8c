// The picture of a scene, drawn by the kernel for exactly this width and theme.

function figureView(spec) {
  // A canvas shows a decoded picture in half the time of an image element.
  const canvas = h("canvas", { role: "img", "aria-label": tr("Picture: {title}. The text below says what it shows.", { title: spec.title }), class: "bm-picture" });
  const pen = canvas.getContext("2d", { alpha: false });
  const element = h("div", { class: "bm-picture-frame" }, canvas);
  canvas.hidden = true;
  let drawnAt = 0;
  const width = () => Math.round(element.clientWidth || 700);
  return {
    element,
    describedBy: (id) => canvas.setAttribute("aria-describedby", id),
    look() {
      drawnAt = width();
      const narrow = drawnAt < 540;
      element.style.setProperty("aspect-ratio", String(1 / (narrow ? spec.aspect_narrow : spec.aspect)));
      return { width: drawnAt, scale: Math.min(window.devicePixelRatio || 1, 2), theme: currentTheme(), narrow };
    },
    lookChanged: () => Math.abs(width() - drawnAt) > 8,
    async show(message, buffers) {
      const picture = await createImageBitmap(new Blob([buffers[0]], { type: "image/png" }));
      if (canvas.width !== picture.width || canvas.height !== picture.height) Object.assign(canvas, { width: picture.width, height: picture.height });
      pen.drawImage(picture, 0, 0);
      picture.close();
      canvas.hidden = false;
    },
  };
}

export default { render: keepingKeys((context) => renderExplorer(context, figureView)) };
