// The end of a quiz: how it went, what to do again; and the copy of all questions for paper.

function summaryWords(entries) {
  const done = entries.filter((entry) => entry.outcome);
  const right = done.filter((entry) => entry.outcome.correct).length;
  const score = done.reduce((sum, entry) => sum + entry.outcome.score, 0);
  const most = entries.reduce((sum, entry) => sum + entry.view.points, 0);
  return `${tr("{done} of {all} answered, {right} right", { done: done.length, all: entries.length, right })}, ${pointsOf(score, most)}.`;
}

function summaryAdvice(entries, missed) {
  if (entries.some((entry) => !entry.outcome)) return tr("Some questions are still open.");
  return missed.length ? tr("Read the feedback of those you missed, then answer them again without looking.") : tr("All right. Come back in some days and answer them once more: that is when it sticks.");
}

/** One question in a summary: its state in shape and words, and a button that opens it. */
function summaryRow(entry, number, state, open, note) {
  const link = h("button", { type: "button", class: "bm-quiet", onclick: () => open(entry) }, `${number}. ${entry.view.title}`);
  const words = [state.words, entry.flagged ? tr("flagged") : "", note ?? ""].filter(Boolean).join(", ");
  return h("li", { dataset: { kind: state.kind } }, h("span", { class: "bm-verdict-mark", "aria-hidden": "true" }, state.mark || "○"), link, h("span", { class: "bm-quiz-row-state" }, entry.flagged ? h("span", { "aria-hidden": "true" }, "⚑ ") : null, words));
}

function calibrationParagraph(outcomes) {
  const words = calibrationWords(outcomes);
  return words ? h("p", { class: "bm-quiz-calibration" }, words) : null;
}

/** The wrong ideas behind the answers, in words, with the questions that showed them; null without any. */
function wrongIdeas(entries) {
  const found = new Map();
  entries.forEach((entry, n) => {
    for (const idea of entry.outcome?.misconceptions ?? []) found.set(idea.id, { text: idea.text, at: [...(found.get(idea.id)?.at ?? []), n + 1] });
  });
  if (!found.size) return null;
  const rows = [...found.values()].sort((a, b) => b.at.length - a.at.length).map(({ text, at }) => h("li", {}, tr("“{text}”", { text }), " ", h("span", { class: "bm-help" }, `(${trn(at.length, "question {list}", "questions {list}", { list: at.join(", ") })})`)));
  return h("div", { class: "bm-quiz-ideas" }, h("h5", {}, tr("You took these for true, and they are not")), h("ul", {}, rows));
}

/** The summary; actions: open(entry), redo(entries), reset(). */
function quizSummary(entries, actions) {
  const missed = entries.filter((entry) => entry.outcome?.correct === false);
  const flagged = entries.filter((entry) => entry.flagged);
  const open = entries.find((entry) => !entry.outcome);
  const heading = h("h4", { tabindex: "-1", class: "bm-quiz-title" }, tr("Summary"));
  const rows = entries.map((entry, n) => summaryRow(entry, n + 1, stateOf(entry, null), actions.open));
  const buttons = [
    open ? h("button", { type: "button", class: "bm-primary", onclick: () => actions.open(open) }, tr("Go to the first open question")) : null,
    missed.length ? h("button", { type: "button", class: open ? "" : "bm-primary", onclick: () => actions.redo(missed) }, trn(missed.length, "Redo the one I missed", "Redo the {n} I missed")) : null,
    flagged.length ? h("button", { type: "button", onclick: () => actions.open(flagged[0]) }, trn(flagged.length, "Go to the one I flagged", "Go to the first of {n} I flagged")) : null,
    entries.some((entry) => entry.outcome) ? h("button", { type: "button", onclick: actions.reset }, tr("Start over")) : null,
  ];
  const calibration = calibrationParagraph(entries.map((entry) => entry.outcome).filter(Boolean));
  const element = h("div", { class: "bm-quiz-summary" }, heading, h("p", { class: "bm-quiz-score" }, summaryWords(entries)), h("p", {}, summaryAdvice(entries, missed)), calibration, wrongIdeas(entries), h("div", { class: "bm-quiz-actions" }, buttons), h("ul", { class: "bm-quiz-rows" }, rows));
  return { element, focus: () => heading.focus() };
}

/** What stands on paper for questions that go another way on the page. */
const QUIZ_PAPER = {
  key_feature: (view) => [withHtml("div", {}, view.step.stem), withHtml("p", {}, view.step.lead_in), view.step.options.length ? h("ul", {}, view.step.options.map((row) => h("li", {}, "☐ ", withHtml("span", {}, row.html)))) : h("p", {}, "____________"), view.count > 1 ? h("p", {}, tr("Step 1 of {all}. The other steps come on the page, one after the other.", { all: view.count })) : null],
  script_concordance: (view) => [h("p", {}, view.banner), h("p", {}, view.scale.map((step) => `${signed(step.value)} ${step.text}`).join(" · ")), h("ul", {}, view.rows.map((row) => h("li", {}, "____ ", thoughtWords(view, row))))],
  short_text: () => h("p", {}, "____________"),
};

function paperRows(view) {
  if (QUIZ_PAPER[view.type]) return QUIZ_PAPER[view.type](view);
  const boxes = (rows, mark) => h("ul", {}, rows.map((row) => h("li", {}, mark, withHtml("span", {}, row.html))));
  if (view.options ?? view.targets) return boxes(view.options ?? view.targets, "☐ ");
  if (view.rows) return [h("p", {}, view.choices.map((choice) => choice.text).join(" · ")), boxes(view.rows, "________ ")];
  if (view.steps) return [h("p", {}, tr("Number them: 1 is {first}, {count} is {last}.", { first: view.ends[0].toLowerCase(), last: view.ends[1].toLowerCase(), count: view.steps.length })), boxes(view.steps, "____ ")];
  return h("p", {}, view.explorer ? tr("To be answered in the explorer “{title}”.", { title: view.explorer_title }) : `____________ ${view.unit}`);
}

/** All questions for paper, without answers: boxes to tick, a line to write on. */
function paperCopy(entries) {
  const asked = entries.map(({ view, number }) =>
    h(
      "li", { value: number },
      h("h4", {}, view.title),
      withHtml("div", {}, view.stem),
      [...view.pictures, ...(view.spot ? [view.spot] : [])].map((picture) => h("p", {}, tr("Picture: {words}", { words: picture.alt }))),
      withHtml("p", { class: "bm-quiz-ask" }, view.lead_in),
      paperRows(view),
    ),
  );
  return h("ol", {}, asked);
}
