// Native controls made from a scene's specification: slider with number box, radio group or list, checkbox.

/** Decimals that a step needs, so that 0.05 is shown as 0.45 and not as 0.45000000000000001. */
function decimals(step) {
  const text = String(step);
  return text.includes(".") ? text.length - text.indexOf(".") - 1 : 0;
}

function sliderControl(spec, change) {
  const id = uid(spec.name);
  const places = decimals(spec.step);
  const bounds = { min: spec.low, max: spec.high, step: spec.step };
  const unit = spec.unit ? ` (${spec.unit})` : "";
  const label = h("label", { for: id, class: "bm-label" }, spec.label, h("span", { class: "bm-unit" }, unit));
  const helpId = spec.help ? `${id}-help` : undefined;
  const range = h("input", { id, type: "range", ...bounds, "aria-describedby": helpId });
  const box = h("input", { type: "number", ...bounds, class: "bm-number", "aria-label": tr("{label}, number", { label: `${spec.label}${unit}` }), inputmode: "decimal" });
  const spoken = (value) => range.setAttribute("aria-valuetext", `${numberWords(value)}${spec.unit ? ` ${spec.unit}` : ""}`);
  const show = (value) => {
    const text = Number(value).toFixed(places);
    range.value = text;
    if (document.activeElement !== box) box.value = text;
    spoken(text);
  };
  range.addEventListener("input", () => {
    box.value = Number(range.value).toFixed(places);
    spoken(box.value);
    if (!spec.on_release) change(Number(range.value));
  });
  if (spec.on_release) range.addEventListener("change", () => change(Number(range.value)));
  // The kernel clamps and says so in words, so the box sends what was typed.
  box.addEventListener("change", () => change(box.value.trim() === "" ? "nothing" : box.value));
  const ends = spec.ends[0] || spec.ends[1] ? h("div", { class: "bm-ends", "aria-hidden": "true" }, h("span", {}, spec.ends[0]), h("span", {}, spec.ends[1])) : null;
  const element = h("div", { class: "bm-control" }, h("div", { class: "bm-row" }, label, box), range, ends, spec.help ? h("p", { id: helpId, class: "bm-help" }, spec.help) : null);
  return { element, show };
}

function radioControl(spec, change) {
  const name = uid(spec.name);
  const inputs = spec.options.map((option) => h("input", { type: "radio", name, value: option.value, onchange: () => change(option.value) }));
  const rows = spec.options.map((option, n) => h("label", { class: "bm-option" }, inputs[n], h("span", {}, option.label)));
  const element = h("fieldset", { class: "bm-control" }, h("legend", { class: "bm-label" }, spec.label), h("div", { class: "bm-options" }, rows), spec.help ? h("p", { class: "bm-help" }, spec.help) : null);
  const show = (value) => inputs.forEach((input) => (input.checked = input.value === value));
  return { element, show };
}

function listControl(spec, change) {
  const id = uid(spec.name);
  const select = h("select", { id, onchange: () => change(select.value) }, spec.options.map((option) => h("option", { value: option.value }, option.label)));
  const element = h("div", { class: "bm-control" }, h("label", { for: id, class: "bm-label" }, spec.label), select, spec.help ? h("p", { class: "bm-help" }, spec.help) : null);
  return { element, show: (value) => (select.value = value) };
}

function toggleControl(spec, change) {
  const input = h("input", { type: "checkbox", onchange: () => change(input.checked) });
  const element = h("div", { class: "bm-control" }, h("label", { class: "bm-option" }, input, h("span", {}, spec.label)), spec.help ? h("p", { class: "bm-help" }, spec.help) : null);
  return { element, show: (value) => (input.checked = value === true) };
}

/** Make one control; change(value) is called when the learner moves it, show(value) sets it from outside. */
function makeControl(spec, change) {
  if (spec.kind === "number") return sliderControl(spec, change);
  if (spec.kind === "toggle") return toggleControl(spec, change);
  return spec.options.length <= 3 ? radioControl(spec, change) : listControl(spec, change);
}
