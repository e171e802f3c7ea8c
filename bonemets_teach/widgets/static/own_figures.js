// Figures lie beside the notebooks' folder. Where a server shows nothing from there, the kernel hands them over.

function figureName(image) {
  return /assets\/figures\/([a-z0-9-]+\/[a-z0-9-]+\.(?:svg|png))/.exec(image.getAttribute("src") ?? "")?.[1];
}

/** Ask the kernel for every figure of the page that can't be loaded; returns what takes a message and what ends it. */
function mendFigures(ask) {
  const waiting = new Map();
  const want = (image) => {
    const name = image instanceof HTMLImageElement ? figureName(image) : undefined;
    if (!name || waiting.get(name)?.includes(image)) return;
    waiting.set(name, [...(waiting.get(name) ?? []), image]);
    ask(name);
  };
  const failed = (event) => want(event.target);
  document.addEventListener("error", failed, true);
  for (const image of document.images) if (image.complete && !image.naturalWidth) want(image);
  return {
    take({ name, mime }, bytes) {
      const url = URL.createObjectURL(new Blob([bytes], { type: mime }));
      for (const image of waiting.get(name) ?? []) image.src = url;
      waiting.delete(name);
    },
    stop: () => document.removeEventListener("error", failed, true),
  };
}
