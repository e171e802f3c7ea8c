// One question: its text, the controls to answer it, and what the answer brought.

function numberControl(view, draft, changed) {
  const id = uid("number");
  const help = [view.range ? tr("A number {range}", { range: view.range }) : tr("A number"), view.integer ? tr(", without decimals") : "", tr(". Point or comma for decimals.")].join("");
  const input = h("input", { id, type: "text", inputmode: "decimal", autocomplete: "off", value: draft ?? "", "aria-describedby": `${id}-help`, class: "bm-quiz-number" });
  input.addEventListener("input", () => changed(input.value));
  const unit = view.unit ? h("span", { class: "bm-quiz-unit", id: `${id}-unit` }, view.unit) : null;
  if (unit) input.setAttribute("aria-describedby", `${id}-unit ${id}-help`);
  const label = withHtml("label", { for: id, class: "bm-quiz-ask" }, view.lead_in);
  const element = h("div", { class: "bm-quiz-options" }, label, h("div", { class: "bm-quiz-entry" }, input, unit), h("p", { class: "bm-help", id: `${id}-help` }, help));
  return { element, response: () => input.value, pick: () => {}, first: input, missing: tr("Enter a number first."), has: () => input.value.trim() !== "" };
}

function hintList(hints) {
  const rows = hints.map((hint) => h("li", {}, h("strong", {}, `${tr("Hint {number}:", { number: hint.number })} `), withHtml("span", {}, hint.html)));
  return h("ul", { class: "bm-quiz-hints" }, rows);
}

const QUIZ_CONTROLS = { numeric: numberControl, extended_matching: matchingControl, sequence: sequenceControl, hotspot: spotControl, scene_task: taskControl, key_feature: caseControl, script_concordance: concordControl, short_text: wordsControl };
const QUIZ_OUTCOMES = { key_feature: caseOutcome, script_concordance: concordOutcome, short_text: wordsOutcome, poll: pollOutcome };

/** The button that sends a form, and what stands beside it; an exam has no hints and checks nothing. */
function formButtons(view, state, actions, control) {
  if (state.exam) return h("div", { class: "bm-quiz-actions" }, h("button", { type: "submit", class: "bm-primary" }, control.submitWords ?? state.exam.next), h("span", { class: "bm-help" }, tr("Kept as you go. You can change it until the end.")));
  const words = control.submitWords ?? (view.type === "poll" ? tr("Send answer") : tr("Check answer"));
  const check = h("button", { type: "submit", class: "bm-primary", "aria-disabled": state.sending ? "true" : undefined }, state.sending ? tr("Checking…") : words);
  const next = state.hints.length + 1;
  const hint = next <= view.hints && !state.sending ? h("button", { type: "button", onclick: () => actions.hint(next) }, view.hints === 1 ? tr("Show the hint") : tr("Show hint {next} of {all}", { next, all: view.hints })) : null;
  return h("div", { class: "bm-quiz-actions" }, check, hint, hint ? h("span", { class: "bm-help" }, tr("A hint lowers the points, nothing else.")) : null);
}

/**
 * The form of a question that waits for an answer.
 * state: {draft, certainty, hints, sending, exam}; exam is {next} with the words of its button, or null;
 * actions: check(response), hint(number), draft(response, isWhole), sure(level) and goOn() for an exam;
 * tools: room and ask(look, done) for a picture to point at, takeState(state) and taken for a scene task, struck.
 */
function questionForm(view, state, actions, tools) {
  const isWhole = () => control.has() && !control.submitWords;
  const control = (QUIZ_CONTROLS[view.type] ?? optionControls)(view, state.draft, (response) => actions.draft(response, isWhole()), tools);
  const sure = view.certainty && state.asksCertainty ? certaintyControl(state.certainty, actions.sure) : null;
  const wish = h("p", { class: "bm-quiz-wish", role: "status" });
  const submit = (event) => {
    event.preventDefault();
    if (state.sending) return;
    if (control.has() && control.goOn?.()) return;
    if (state.exam) {
      if (control.has()) actions.draft(control.response(), true);
      actions.goOn();
    } else if (control.has()) actions.check(control.response());
    else {
      announce(wish, control.missing);
      control.first.focus();
    }
  };
  const form = h("form", { class: "bm-quiz-form", onsubmit: submit, novalidate: true, "aria-busy": String(Boolean(state.sending)) }, control.element, state.hints.length ? hintList(state.hints) : null, sure?.element, wish, formButtons(view, state, actions, control));
  return { element: form, control, sure, say: (text) => announce(wish, text), refused: () => control.first.focus() };
}

function verdictOf(option, many) {
  if (option.right && option.chosen) return { kind: "right", mark: "✓", words: many ? tr("You chose this, rightly") : tr("Your answer, right") };
  if (option.right) return { kind: "missed", mark: "✓", words: many ? tr("Right, you left it out") : tr("Right answer") };
  if (option.chosen) return { kind: "wrong", mark: "✕", words: many ? tr("You chose this; it does not belong") : tr("Your answer, not right") };
  return { kind: "other", mark: "–", words: many ? tr("Rightly left out") : tr("Not the answer") };
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
  const rows = [h("dt", {}, tr("Your answer")), h("dd", {}, `${typeof outcome.response === "number" ? numberWords(outcome.response) : outcome.response}${unit}`), h("dt", {}, tr("Right answer")), h("dd", {}, outcome.accepted)];
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
  const title = view.type === "script_concordance" && outcome.max_score ? tr("Beside the panel") : { right: tr("Right"), partly: tr("Partly right"), wrong: tr("Not right yet"), given: tr("Your answer is in") }[kind];
  const heading = h("h4", { tabindex: "-1", class: "bm-verdict-title" }, h("span", { class: "bm-verdict-mark", "aria-hidden": "true" }, QUIZ_STATES[kind].mark), h("span", {}, title));
  const scored = outcome.max_score ? pointsOf(outcome.score, outcome.max_score) : tr("Not scored");
  const points = h("p", { class: "bm-help" }, [scored, sureWords(outcome)].filter(Boolean).join(" · "));
  const element = h(
    "div", { class: "bm-quiz-outcome", dataset: { kind } },
    h("div", { class: "bm-verdict-head" }, heading, points),
    outcome.note ? h("p", { class: "bm-banner" }, outcome.note) : null,
    verdictParts(view, outcome, tools),
    h("div", { class: "bm-quiz-why" }, h("h5", {}, tr("Explanation")), withHtml("div", { class: "bm-quiz-text" }, outcome.explanation), pictures, explorerLink(outcome.explore)),
    outcome.objectives.length ? h("div", { class: "bm-quiz-goal" }, h("h5", {}, tr("You should now be able to")), outcome.objectives.map((text) => h("p", {}, text))) : null,
    sourceList(outcome.references),
    h("p", { class: "bm-quiz-review", ...inLanguage(view.lang) }, view.review),
  );
  return { element, focus: () => heading.focus() };
}
