// The head of the quiz: how far one is, and a button for each question.

function stateOf(entry, exam) {
  if (exam && !exam.ended) return exam.isAnswered(entry.view.id) ? { kind: "kept", mark: "●", words: tr("answered") } : { kind: "open", ...QUIZ_STATES.open };
  const kind = entry.sending ? "sending" : outcomeState(entry.outcome);
  return { kind, ...QUIZ_STATES[kind] };
}

function questionButton(entry, number, exam, open) {
  const { kind, mark, words } = stateOf(entry, exam);
  const said = entry.flagged ? tr("{words}, flagged", { words }) : words;
  const flag = entry.flagged ? h("span", { class: "bm-quiz-flag-mark", "aria-hidden": "true" }, "⚑") : null;
  return h("button", { type: "button", dataset: { kind }, "aria-label": tr("Question {number}, {said}", { number, said }), title: `${entry.view.title} (${said})`, onclick: () => open(entry) }, h("span", {}, String(number)), h("span", { class: "bm-quiz-mark", "aria-hidden": "true" }, mark), flag);
}

function countWords(entries, exam) {
  if (exam) return tr("{done} of {all} answered", { done: entries.filter((entry) => exam.isAnswered(entry.view.id)).length, all: entries.length });
  const done = entries.filter((entry) => entry.outcome);
  return tr("{done} of {all} answered, {right} right", { done: done.length, all: entries.length, right: done.filter((entry) => entry.outcome.correct).length });
}

/** One button for each question, and one for the overview; actions: open(entry), overview(). */
function questionList(entries, current, exam, actions) {
  const rows = entries.map((entry, n) => {
    const button = questionButton(entry, n + 1, exam, actions.open);
    if (entry === current) button.setAttribute("aria-current", "step");
    return h("li", {}, button);
  });
  const summary = h("button", { type: "button", class: "bm-quiz-to-summary", onclick: actions.overview }, exam ? (exam.ended ? tr("Results") : tr("Overview")) : tr("Summary"));
  if (!current) summary.setAttribute("aria-current", "step");
  return [...rows, h("li", {}, summary)];
}

/** A button that stays pressed while the question is flagged. */
function flagButton(entry, changed) {
  const button = h("button", { type: "button", class: "bm-quiet bm-quiz-flag", "aria-pressed": String(Boolean(entry.flagged)), onclick: () => changed() }, h("span", { "aria-hidden": "true" }, entry.flagged ? "⚑ " : "⚐ "), tr("Flag"));
  return button;
}
