// One question: its text, the controls to answer it, and what the answer brought.

function optionControls(view, draft, changed) {
  const many = view.type === "multiple_response";
  const name = uid("answer");
  const kind = many ? "checkbox" : "radio";
  const inputs = view.options.map((option) => h("input", { type: kind, name, value: option.id, checked: [draft].flat().includes(option.id) }));
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const response = () => (many ? chosen() : (chosen()[0] ?? null));
  inputs.forEach((input) => input.addEventListener("change", () => changed(response())));
  const rows = view.options.map((option, n) =>
    h("label", { class: "bm-choice" }, inputs[n], withHtml("span", { class: "bm-choice-text" }, option.html), h("kbd", { "aria-hidden": "true" }, String(n + 1))),
  );
  const legend = h("legend", { class: "bm-quiz-ask" }, withHtml("span", {}, view.lead_in), many ? h("span", { class: "bm-help" }, " Choose all that apply.") : null);
  const element = h("fieldset", { class: "bm-quiz-options" }, legend, h("div", { class: "bm-choices" }, rows), view.rule ? h("p", { class: "bm-help" }, view.rule) : null);
  const pick = (n) => {
    if (!inputs[n]) return;
    inputs[n].checked = many ? !inputs[n].checked : true;
    inputs[n].focus();
    changed(response());
  };
  return { element, response, pick, first: inputs[0], missing: many ? "Choose at least one answer first." : "Choose an answer first.", has: () => chosen().length > 0 };
}

function numberControl(view, draft, changed) {
  const id = uid("number");
  const help = [view.range ? `A number ${view.range}` : "A number", view.integer ? ", without decimals" : "", ". Point or comma for decimals."].join("");
  const input = h("input", { id, type: "text", inputmode: "decimal", autocomplete: "off", value: draft ?? "", "aria-describedby": `${id}-help`, class: "bm-quiz-number" });
  input.addEventListener("input", () => changed(input.value));
  const unit = view.unit ? h("span", { class: "bm-quiz-unit", id: `${id}-unit` }, view.unit) : null;
  if (unit) input.setAttribute("aria-describedby", `${id}-unit ${id}-help`);
  const label = withHtml("label", { for: id, class: "bm-quiz-ask" }, view.lead_in);
  const element = h("div", { class: "bm-quiz-options" }, label, h("div", { class: "bm-quiz-entry" }, input, unit), h("p", { class: "bm-help", id: `${id}-help` }, help));
  return { element, response: () => input.value, pick: () => {}, first: input, missing: "Enter a number first.", has: () => input.value.trim() !== "" };
}

function hintList(hints) {
  const rows = hints.map((hint) => h("li", {}, h("strong", {}, `Hint ${hint.number}: `), withHtml("span", {}, hint.html)));
  return h("ul", { class: "bm-quiz-hints" }, rows);
}

const QUIZ_CONTROLS = { numeric: numberControl, extended_matching: matchingControl, sequence: sequenceControl, hotspot: spotControl, scene_task: taskControl, key_feature: caseControl, script_concordance: concordControl, short_text: wordsControl };
const QUIZ_OUTCOMES = { key_feature: caseOutcome, script_concordance: concordOutcome, short_text: wordsOutcome, poll: pollOutcome };

/**
 * The form of a question that waits for an answer.
 * state: {draft, hints, sending, problem}; actions: check(response), hint(number), draft(response);
 * tools: room and ask(look, done) for a picture to point at, takeState(state) and taken for a scene task.
 */
function questionForm(view, state, actions, tools) {
  const control = (QUIZ_CONTROLS[view.type] ?? optionControls)(view, state.draft, actions.draft, tools);
  const wish = h("p", { class: "bm-quiz-wish", role: "status" });
  const check = h("button", { type: "submit", class: "bm-primary", "aria-disabled": state.sending ? "true" : undefined }, state.sending ? "Checking…" : (control.submitWords ?? (view.type === "poll" ? "Send answer" : "Check answer")));
  const next = state.hints.length + 1;
  const hint = next <= view.hints && !state.sending ? h("button", { type: "button", onclick: () => actions.hint(next) }, view.hints === 1 ? "Show the hint" : `Show hint ${next} of ${view.hints}`) : null;
  const cost = hint ? h("span", { class: "bm-help" }, "A hint lowers the points, nothing else.") : null;
  const submit = (event) => {
    event.preventDefault();
    if (state.sending) return;
    if (control.has()) {
      if (!control.goOn?.()) actions.check(control.response());
    } else {
      announce(wish, control.missing);
      control.first.focus();
    }
  };
  const form = h("form", { class: "bm-quiz-form", onsubmit: submit, novalidate: true, "aria-busy": String(Boolean(state.sending)) }, control.element, state.hints.length ? hintList(state.hints) : null, wish, h("div", { class: "bm-quiz-actions" }, check, hint, cost));
  form.addEventListener("keydown", (event) => {
    const plainKey = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plainKey && /^[1-9]$/.test(event.key) && /^(radio|checkbox)$/.test(event.target.type)) control.pick(Number(event.key) - 1);
    else if (plainKey && event.key === "Enter" && /^(radio|checkbox)$/.test(event.target.type)) form.requestSubmit();
    else return;
    event.preventDefault();
  });
  return { element: form, control, say: (text) => announce(wish, text), refused: () => control.first.focus() };
}

function verdictOf(option, many) {
  if (option.right && option.chosen) return { kind: "right", mark: "✓", words: many ? "You chose this, rightly" : "Your answer, right" };
  if (option.right) return { kind: "missed", mark: "✓", words: many ? "Right, you left it out" : "Right answer" };
  if (option.chosen) return { kind: "wrong", mark: "✕", words: many ? "You chose this; it does not belong" : "Your answer, not right" };
  return { kind: "other", mark: "–", words: many ? "Rightly left out" : "Not the answer" };
}

function optionVerdicts(view, outcome) {
  const found = new Map(outcome.options.map((option) => [option.id, option]));
  const rows = view.options.filter((option) => found.has(option.id)).map((option) => {
    const result = found.get(option.id);
    const verdict = verdictOf(result, view.type === "multiple_response");
    return h(
      "li", { class: "bm-verdict", dataset: { kind: verdict.kind } },
      h("span", { class: "bm-verdict-mark", "aria-hidden": "true" }, verdict.mark),
      h("div", {}, withHtml("p", { class: "bm-verdict-option" }, option.html), h("p", { class: "bm-verdict-words" }, verdict.words), withHtml("p", { class: "bm-verdict-why" }, result.html)),
    );
  });
  return h("ul", { class: "bm-verdicts" }, rows);
}

function numberVerdict(view, outcome) {
  const unit = view.unit ? ` ${view.unit}` : "";
  const rows = [h("dt", {}, "Your answer"), h("dd", {}, `${outcome.response}${unit}`), h("dt", {}, "Right answer"), h("dd", {}, outcome.accepted)];
  return h("div", { class: "bm-quiz-numbers" }, h("dl", {}, rows), withHtml("div", { class: "bm-quiz-text" }, outcome.message));
}

/** The part of an outcome that belongs to the type of the question. */
function verdictParts(view, outcome, tools) {
  if (view.type === "numeric") return numberVerdict(view, outcome);
  if (QUIZ_OUTCOMES[view.type]) return QUIZ_OUTCOMES[view.type](view, outcome, tools);
  const asked = h("p", { class: "bm-quiz-ask" }, withHtml("span", {}, view.lead_in));
  if (view.type === "hotspot") return [asked, spotOutcome(view, outcome, tools), optionVerdicts({ ...view, options: view.targets }, outcome)];
  return [asked, outcome.rows.length ? rowVerdicts(view, outcome) : optionVerdicts(view, outcome)];
}

/** What an answer brought: verdict, feedback on every option, explanation, sources. */
function outcomePanel(view, outcome, pictures, tools) {
  const kind = outcomeState(outcome);
  const title = view.type === "script_concordance" && outcome.max_score ? "Beside the panel" : { right: "Right", partly: "Partly right", wrong: "Not right yet", given: "Your answer is in" }[kind];
  const heading = h("h4", { tabindex: "-1", class: "bm-verdict-title" }, h("span", { class: "bm-verdict-mark", "aria-hidden": "true" }, QUIZ_STATES[kind].mark), h("span", {}, title));
  const points = h("p", { class: "bm-help" }, outcome.max_score ? `${pointWords(outcome.score)} of ${plural(outcome.max_score, "point")}` : "Not scored");
  const element = h(
    "div", { class: "bm-quiz-outcome", dataset: { kind } },
    h("div", { class: "bm-verdict-head" }, heading, points),
    outcome.note ? h("p", { class: "bm-banner" }, outcome.note) : null,
    verdictParts(view, outcome, tools),
    h("div", { class: "bm-quiz-why" }, h("h5", {}, "Explanation"), withHtml("div", { class: "bm-quiz-text" }, outcome.explanation), pictures, explorerLink(outcome.explore)),
    outcome.objectives.length ? h("div", { class: "bm-quiz-goal" }, h("h5", {}, "You should now be able to"), outcome.objectives.map((text) => h("p", {}, text))) : null,
    sourceList(outcome.references),
    h("p", { class: "bm-quiz-review" }, view.review),
  );
  return { element, focus: () => heading.focus() };
}
