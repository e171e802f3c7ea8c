// After the reading: hits, misses and false marks in words; over many patients the learner's own curve.

const CURVE_SVG = "http://www.w3.org/2000/svg";

function curvePart(tag, attributes, text = "") {
  const element = document.createElementNS(CURVE_SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.textContent = text;
  return element;
}

const CURVE_STEPS = { 5: "5: certain", 4: "4 and 5", 3: "3 to 5", 2: "2 to 5", 1: "1 to 5: all" };
const percent = (share) => `${Math.round(100 * share)} %`;
const plural = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/** Share of lesions hit against false marks a case, one point for each certainty that counts. */
function drawCurve(points) {
  const [left, top, width, height] = [44, 12, 300, 180];
  const widest = Math.max(1, ...points.map((point) => point.false_marks));
  const most = widest <= 1 ? 1 : widest <= 2 ? 2 : Math.ceil(widest);
  const x = (value) => left + (value / most) * width;
  const y = (value) => top + (1 - value) * height;
  const svg = curvePart("svg", { class: "bm-read-curve", viewBox: "0 0 360 240", role: "img", "aria-label": "Free-response curve: share of lesions hit against false marks a case. The table below holds its points." });
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    svg.append(curvePart("line", { x1: left, x2: left + width, y1: y(share), y2: y(share), class: "bm-read-grid" }));
    svg.append(curvePart("text", { x: left - 6, y: y(share) + 4, "text-anchor": "end" }, String(100 * share)));
  }
  for (let n = 0; n <= 2; n += 1) svg.append(curvePart("text", { x: x((most * n) / 2), y: top + height + 16, "text-anchor": "middle" }, String((most * n) / 2)));
  svg.append(curvePart("text", { x: left + width / 2, y: top + height + 36, "text-anchor": "middle" }, "False marks a patient"));
  svg.append(curvePart("text", { x: -(top + height / 2), y: 12, transform: "rotate(-90)", "text-anchor": "middle" }, "Lesions hit (%)"));
  const path = [{ false_marks: 0, sensitivity: 0 }, ...points].map((point) => `${x(point.false_marks)},${y(point.sensitivity)}`).join(" ");
  svg.append(curvePart("polyline", { points: path, class: "bm-read-line" }));
  for (const point of points) svg.append(curvePart("circle", { cx: x(point.false_marks), cy: y(point.sensitivity), r: 4, class: "bm-read-dot" }));
  return svg;
}

function curveTable(points) {
  const rows = points.map((point) => h("tr", {}, h("th", { scope: "row" }, CURVE_STEPS[point.certainty]), h("td", {}, percent(point.sensitivity)), h("td", {}, point.false_marks.toFixed(2))));
  return h("table", {}, h("caption", { class: "bm-sr-only" }, "Points of the curve"), h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Marks that count"), h("th", { scope: "col" }, "Lesions hit"), h("th", { scope: "col" }, "False marks a patient"))), h("tbody", {}, rows));
}

/** What the learner has read so far. */
function makeCareer() {
  const words = h("p", {});
  const body = h("div", { class: "bm-read-career-body" });
  const element = h("section", { class: "bm-read-career", "aria-label": "Your readings so far", hidden: true }, h("h4", {}, "Your readings so far"), words, body);
  return {
    element,
    show(career) {
      if (!career) return;
      element.hidden = career.patients === 0;
      words.textContent = career.text;
      body.replaceChildren(...(career.points.length ? [drawCurve(career.points), curveTable(career.points)] : []));
    },
  };
}

function findingCard(finding, go) {
  const sign = { hit: "✓", miss: "✕", benign: "–" }[finding.verdict];
  const where = h("button", { type: "button", onclick: () => go(finding) }, "Show", h("span", { class: "bm-sr-only" }, ` ${finding.title}`));
  return h("li", { class: "bm-read-finding", dataset: { verdict: finding.verdict } },
    h("span", { class: "bm-read-sign", "aria-hidden": "true" }, sign), h("span", { class: "bm-read-words" }, h("strong", {}, finding.title), h("br"), finding.text), where);
}

/** The truth of one patient. on: go(finding), next(). */
function makeResult(on) {
  const heading = h("h4", { tabindex: "-1" }, "The truth");
  const words = h("p", {});
  const list = h("ol", { class: "bm-read-findings" });
  const note = h("p", { class: "bm-help" });
  const next = h("button", { type: "button", class: "bm-primary", onclick: on.next }, "Next patient");
  const element = h("div", { class: "bm-read-result", hidden: true }, heading, words, list, note, h("div", { class: "bm-actions" }, next));
  return {
    element,
    show(truth) {
      words.textContent = truth.text;
      note.textContent = truth.note ?? "";
      list.replaceChildren(...truth.findings.map((finding) => findingCard(finding, on.go)));
      element.hidden = false;
      heading.focus({ preventScroll: true });
    },
    hide: () => (element.hidden = true),
  };
}
