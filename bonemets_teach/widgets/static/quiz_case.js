// Cases in steps: one decision at a time; what is known next comes from the kernel once the step is answered.

/** Radios, checkboxes or boxes to write in for one step; given holds option ids or texts. */
function stepInputs(step, given, changed) {
  const name = uid("step");
  if (step.ask === "write_in") {
    const inputs = Array.from({ length: step.most }, (_, n) => h("input", { type: "text", maxLength: step.longest, autocomplete: "off", autocapitalize: "off", spellcheck: false, class: "bm-case-words", value: given[n] ?? "", "aria-label": step.most > 1 ? tr("Answer {number} of at most {most}", { number: n + 1, most: step.most }) : tr("Your answer") }));
    inputs.forEach((input) => input.addEventListener("input", changed));
    return { inputs, rows: inputs.map((input) => h("p", {}, input)), chosen: () => inputs.map((input) => input.value.trim()).filter(Boolean) };
  }
  const kind = step.most > 1 ? "checkbox" : "radio";
  const inputs = step.options.map((option) => h("input", { type: kind, name, value: option.id, checked: given.includes(option.id) }));
  inputs.forEach((input) => input.addEventListener("change", changed));
  const rows = step.options.map((option, n) => h("label", { class: "bm-choice" }, inputs[n], withHtml("span", { class: "bm-choice-text" }, option.html), n < 9 ? h("kbd", { "aria-hidden": "true" }, String(n + 1)) : null));
  return { inputs, rows, chosen: () => inputs.filter((input) => input.checked).map((input) => input.value) };
}

function stepHead(step, count) {
  return h("h5", { tabindex: "-1", class: "bm-case-head" }, tr("Step {number} of {all}", { number: step.number, all: count }));
}

/** A step that is answered and stays as it is. */
function closedStep(step, given, count) {
  const words = step.ask === "menu" ? step.options.filter((option) => given.includes(option.id)).map((option) => withHtml("li", {}, option.html)) : given.map((text) => h("li", {}, text));
  return h("li", { class: "bm-case-closed" }, stepHead(step, count), step.stem ? withHtml("div", { class: "bm-quiz-text" }, step.stem) : null, withHtml("p", { class: "bm-quiz-ask" }, step.lead_in), h("p", { class: "bm-help" }, tr("Your answer, which stays as it is:")), h("ul", {}, words));
}

/** tools: steps (what the kernel said last, or null), step(name, response) asks for the next. */
function caseControl(view, draft, changed, tools) {
  const shown = tools.steps?.steps ?? [view.step];
  const given = tools.steps?.given ?? {};
  const step = shown.at(-1);
  const last = step.number === view.count;
  const help = step.ask === "write_in" ? (step.most > 1 ? tr("Write one or two words in each box; you may leave boxes empty.") : tr("Write one or two words.")) : step.most > 1 ? tr("Choose up to {most}.", { most: step.most }) : tr("Choose one.");
  const told = h("p", { class: "bm-quiz-wish", role: "status" });
  const parts = stepInputs(step, [draft?.[step.id] ?? []].flat(), () => {
    const over = parts.chosen().length > step.most;
    announce(told, over ? tr("Choose at most {most}: take one back first.", { most: step.most }) : "");
    changed(response());
  });
  const response = () => ({ ...given, [step.id]: parts.chosen() });
  const head = stepHead(step, view.count);
  const fieldset = h("fieldset", { class: "bm-quiz-options" }, withHtml("legend", { class: "bm-quiz-ask" }, step.lead_in), h("p", { class: "bm-help" }, help, last ? "" : ` ${tr("You can’t come back to this step.")}`), h("div", { class: "bm-choices" }, parts.rows), told);
  const open = h("li", { "aria-current": "step" }, head, tools.steps?.note ? h("p", { class: "bm-banner" }, tools.steps.note) : null, step.stem ? withHtml("div", { class: "bm-quiz-text" }, step.stem) : null, fieldset);
  const list = h("ol", { class: "bm-case-steps" }, shown.slice(0, -1).map((each) => closedStep(each, given[each.id] ?? [], view.count)), open);
  const element = h("div", { class: "bm-quiz-options", role: "group", "aria-label": tr("Case in steps") }, withHtml("p", { class: "bm-quiz-ask" }, view.lead_in), list);
  const pick = (n) => {
    const input = parts.inputs[n];
    if (!input || step.ask === "write_in") return;
    input.checked = step.most > 1 ? !input.checked : true;
    input.focus();
    input.dispatchEvent(new Event("change"));
  };
  return {
    element, response, pick, first: parts.inputs[0], heading: head,
    missing: tr("Answer this step first."),
    submitWords: last ? null : tr("Answer, and go to step {number}", { number: step.number + 1 }),
    has: () => parts.chosen().length > 0,
    goOn: () => !last && (tools.step(step.id, parts.chosen()), true),
  };
}

function choiceVerdict(choice, many) {
  if (choice.killer && choice.chosen) return { kind: "wrong", mark: "✕", words: tr("You chose this; it would harm the patient") };
  if (choice.written) return choice.right ? { kind: "right", mark: "✓", words: tr("You wrote “{words}”, right", { words: choice.written }) } : { kind: "wrong", mark: "✕", words: tr("You wrote “{words}”, not what counts here", { words: choice.written }) };
  return verdictOf(choice, many);
}

function caseOutcome(view, outcome) {
  const steps = outcome.steps.map((step) => {
    const rows = step.choices.map((choice) => {
      const verdict = choiceVerdict(choice, step.most > 1);
      return h("li", { class: "bm-verdict", dataset: { kind: verdict.kind } }, h("span", { class: "bm-verdict-mark", "aria-hidden": "true" }, verdict.mark), h("div", {}, choice.html ? withHtml("p", { class: "bm-verdict-option" }, choice.html) : null, h("p", { class: "bm-verdict-words" }, verdict.words), choice.why ? withHtml("p", { class: "bm-verdict-why" }, choice.why) : null));
    });
    const share = step.killed ? tr("no points in this step") : tr("{share} % of what matters here", { share: Math.round(100 * step.share) });
    return h("li", {}, h("h5", { class: "bm-case-head" }, `${tr("Step {number} of {all}", { number: step.number, all: view.count })}: ${share}`), step.stem ? withHtml("div", { class: "bm-quiz-text" }, step.stem) : null, withHtml("p", { class: "bm-quiz-ask" }, step.lead_in), h("ul", { class: "bm-verdicts" }, rows));
  });
  return [outcome.message ? withHtml("div", { class: "bm-banner" }, outcome.message) : null, h("ol", { class: "bm-case-steps" }, steps)].filter(Boolean);
}
