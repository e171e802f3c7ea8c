// Questions about a place in a picture: point at it, or choose its label from the list; after the answer places are outlined.

const QUIZ_SVG = "http://www.w3.org/2000/svg";

function svgPart(tag, attributes) {
  const element = document.createElementNS(QUIZ_SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** A layer over the picture in shares of its width and height. */
function spotLayer(...parts) {
  const layer = svgPart("svg", { class: "bm-spot-layer", viewBox: "0 0 1 1", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" });
  layer.append(...parts);
  return layer;
}

function spotOutline(region, kind) {
  const shared = { class: "bm-spot-outline", "data-kind": kind, "vector-effect": "non-scaling-stroke" };
  const draw = (layer) => {
    if (region.shape === "box") return svgPart("rect", { x: region.x - region.half_width, y: region.y - region.half_height, width: 2 * region.half_width, height: 2 * region.half_height, ...shared, "data-layer": layer });
    return svgPart("ellipse", { cx: region.x, cy: region.y, rx: region.half_width, ry: region.half_height, ...shared, "data-layer": layer });
  };
  // A dark line below a light one, so that the outline shows on black and on white.
  return [draw("under"), draw("over")];
}

function spotMarker(point) {
  const marker = h("span", { class: "bm-spot-marker", "aria-hidden": "true" });
  marker.style.left = `${100 * point[0]}%`;
  marker.style.top = `${100 * point[1]}%`;
  return marker;
}

function spotTag(region, text) {
  const tag = h("span", { class: "bm-spot-tag", "aria-hidden": "true" }, text);
  tag.style.left = `${100 * region.x}%`;
  tag.style.top = `${100 * Math.min(region.y + region.half_height, 0.97)}%`;
  return tag;
}

/** The picture with room for marks; its words stand there until it comes. */
function spotStage(view, room, ask) {
  const image = h("img", { alt: view.spot.alt, hidden: true, draggable: false });
  const words = h("p", { class: "bm-quiz-alt" }, view.spot.alt);
  const marks = h("div", { class: "bm-spot-marks" });
  const stage = h("div", { class: "bm-spot-stage" }, image, marks);
  const look = { width_px: 760, scale: Math.min(devicePixelRatio || 1, 2), theme: currentTheme() };
  const figure = h("figure", { class: "bm-quiz-figure bm-spot", "aria-busy": "true" }, stage, words, h("figcaption", {}, view.spot.credit));
  // A picture that comes late moves what is below it; whoever is there already keeps it in sight.
  const settle = () => {
    const at = document.activeElement;
    if (stage.closest("form")?.contains(at)) at.scrollIntoView({ block: "center" });
    figure.removeAttribute("aria-busy");
  };
  image.addEventListener("load", settle);
  ask(look, (url, problem) => {
    if (!url) {
      words.textContent = `${view.spot.alt} (${problem ?? tr("No picture.")} ${tr("Choose from the list.")})`;
      settle();
      return;
    }
    image.hidden = false;
    words.hidden = true;
    image.src = url;
  });
  return { element: figure, stage, image, marks };
}

function spotControl(view, draft, changed, tools) {
  const name = uid("spot");
  const known = draft ?? {};
  let point = Array.isArray(known.point) ? known.point : null;
  const picture = spotStage(view, tools.room, tools.ask);
  const spoken = h("p", { class: "bm-help bm-spot-said", role: "status" });
  const inputs = view.targets.map((target) => h("input", { type: "radio", name, value: target.id, checked: !point && known.target === target.id }));
  const chosen = () => inputs.find((input) => input.checked)?.value ?? null;
  const response = () => (point ? { point } : { target: chosen() });
  const mark = () => picture.marks.replaceChildren(...(point ? [spotMarker(point)] : []));
  const pick = (n) => {
    if (!inputs[n]) return;
    inputs[n].checked = true;
    inputs[n].focus();
    fromList();
  };
  const fromList = () => {
    point = null;
    mark();
    spoken.textContent = "";
    changed(response());
  };
  inputs.forEach((input) => input.addEventListener("change", fromList));
  picture.image.addEventListener("click", (event) => {
    const box = picture.image.getBoundingClientRect();
    point = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map((share) => Math.round(1e4 * Math.min(Math.max(share, 0), 1)) / 1e4);
    inputs.forEach((input) => (input.checked = false));
    mark();
    announce(spoken, tr("Point set {left} % from the left, {top} % from the top. Check it, or point again.", { left: Math.round(100 * point[0]), top: Math.round(100 * point[1]) }));
    changed(response());
  });
  mark();
  const rows = view.targets.map((target, n) => h("label", { class: "bm-choice" }, inputs[n], withHtml("span", { class: "bm-choice-text" }, target.html), h("kbd", { "aria-hidden": "true" }, String(n + 1))));
  const legend = h("legend", { class: "bm-quiz-ask" }, withHtml("span", {}, view.lead_in), h("span", { class: "bm-help" }, ` ${tr("Point into the picture, or choose from the list: both count the same.")}`));
  const element = h("fieldset", { class: "bm-quiz-options" }, legend, picture.element, spoken, h("div", { class: "bm-choices" }, rows));
  return { element, response, pick, first: inputs[0], missing: tr("Point into the picture, or choose from the list first."), has: () => Boolean(point) || chosen() !== null };
}

/** The picture after the answer: the right place outlined, the own one too, with words. */
function spotOutcome(view, outcome, tools) {
  const picture = spotStage(view, tools.room, tools.ask);
  const places = new Map(outcome.regions.map((region) => [region.id, region]));
  const shown = outcome.options.filter((option) => option.right || option.chosen).map((option) => [places.get(option.id), option]);
  const outlines = shown.flatMap(([region, option]) => spotOutline(region, option.right ? "right" : "wrong"));
  const tags = shown.map(([region, option]) => spotTag(region, option.right ? tr(tr("✓ right place")) : tr(tr("✕ your choice"))));
  const { point } = outcome.response;
  picture.marks.replaceChildren(spotLayer(...outlines), ...tags, ...(point ? [spotMarker(point)] : []));
  return h("div", { class: "bm-spot-outcome" }, picture.element, outcome.message ? withHtml("div", { class: "bm-quiz-text" }, outcome.message) : null);
}
