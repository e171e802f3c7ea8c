// Options to choose from, each with a button to strike it out.

/**
 * Rows of options; struck is the set of ids that are struck out, and stays up to date.
 * kind is radio or checkbox; changed(response) hears of every choice.
 */
function choiceRows(view, kind, draft, struck, changed) {
  const name = uid("answer");
  const many = kind === "checkbox";
  const spoken = h("p", { class: "bm-sr-only", role: "status" });
  const inputs = view.options.map((option) => h("input", { type: kind, name, value: option.id, checked: [draft].flat().includes(option.id) }));
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const response = () => (many ? chosen() : (chosen()[0] ?? null));
  const parts = view.options.map((option, n) => {
    const text = withHtml("span", { class: "bm-choice-text" }, option.html);
    const told = h("span", { class: "bm-sr-only" });
    const label = h("label", { class: "bm-choice" }, inputs[n], h("span", {}, text, told), n < 9 ? h("kbd", { "aria-hidden": "true" }, String(n + 1)) : null);
    const strike = struck && h("button", { type: "button", class: "bm-strike", title: n < 9 ? tr("Strike out (Shift+{number})", { number: n + 1 }) : tr("Strike out"), "aria-label": tr("Strike out: {option}", { option: text.textContent }), onclick: () => toggle(n) }, h("span", { "aria-hidden": "true" }, "S"));
    return { label, told, strike, text, row: h("div", { class: "bm-choice-row" }, label, strike) };
  });
  const mark = (n) => {
    const out = Boolean(struck?.has(view.options[n].id));
    parts[n].label.toggleAttribute("data-struck", out);
    parts[n].told.textContent = out ? ` ${tr("(struck out)")}` : "";
    parts[n].strike?.setAttribute("aria-pressed", String(out));
  };
  const toggle = (n) => {
    if (!struck || !inputs[n]) return;
    const { id } = view.options[n];
    if (!struck.delete(id)) struck.add(id);
    if (struck.has(id) && inputs[n].checked) inputs[n].checked = false;
    mark(n);
    announce(spoken, struck.has(id) ? tr("{option}: struck out.", { option: parts[n].text.textContent }) : tr("{option}: brought back.", { option: parts[n].text.textContent }));
    changed(response());
  };
  const choose = (n) => {
    // An option that is chosen after all is no longer struck out.
    if (inputs[n].checked && struck?.delete(view.options[n].id)) mark(n);
    changed(response());
  };
  inputs.forEach((input, n) => input.addEventListener("change", () => choose(n)));
  parts.forEach((_, n) => mark(n));
  const pick = (n) => {
    if (!inputs[n]) return;
    inputs[n].checked = many ? !inputs[n].checked : true;
    inputs[n].focus();
    choose(n);
  };
  return { inputs, chosen, response, pick, strike: toggle, element: [h("div", { class: "bm-choices" }, parts.map((part) => part.row)), struck ? spoken : null] };
}

function optionControls(view, draft, changed, tools) {
  const many = view.type === "multiple_response";
  const rows = choiceRows(view, many ? "checkbox" : "radio", draft, view.type === "poll" ? null : tools.struck, changed);
  const legend = h("legend", { class: "bm-quiz-ask" }, withHtml("span", {}, view.lead_in), many ? h("span", { class: "bm-help" }, ` ${tr("Choose all that apply.")}`) : null);
  const element = h("fieldset", { class: "bm-quiz-options" }, legend, rows.element, view.rule ? h("p", { class: "bm-help", ...inLanguage(view.lang) }, view.rule) : null);
  return { element, response: rows.response, pick: rows.pick, strike: rows.strike, first: rows.inputs[0], missing: many ? tr("Choose at least one answer first.") : tr("Choose an answer first."), has: () => rows.chosen().length > 0 };
}
