// A timed exam: its answers stay in this browser until its end, its clock goes on by the wall.

const EXAM_TICK_MS = 1000;
const EXAM_SAY_S = [300, 60];

class QuizExam {
  /** kept: what was written by `keep`. */
  constructor(kept) {
    Object.assign(this, kept);
    this.said = new Set(EXAM_SAY_S.filter((seconds) => this.left() < seconds));
  }

  static begin(learner, entries, minutes) {
    const attempts = Object.fromEntries(entries.map((entry) => [entry.view.id, newUuid()]));
    const exam = new QuizExam({ id: newUuid(), learner, attempts, minutes, started: Date.now(), ended: null, answers: {} });
    exam.keep();
    return exam;
  }

  /** The exam of this learner on this page that has no results yet, or null. */
  static kept(learner, value = readKept(examKey(), null)) {
    const sound = value && typeof value.id === "string" && value.attempts && value.answers && value.started > 0 && value.minutes > 0;
    return sound && value.learner === learner ? new QuizExam(value) : null;
  }

  keep() {
    const { id, learner, attempts, minutes, started, ended, answers } = this;
    writeKept(examKey(), { id, learner, attempts, minutes, started, ended, answers });
  }

  forget() {
    if (readKept(examKey(), null)?.id === this.id) writeKept(examKey(), null);
  }

  get block() {
    return { id: this.id, attempts: this.attempts, minutes: this.minutes };
  }

  isAnswered(itemId) {
    return Boolean(this.answers[itemId]?.whole);
  }

  /** Write down that a question was looked at: what is left without an answer is another thing than what was never reached. */
  see(itemId) {
    if (!this.ended && !this.answers[itemId]) this.note(itemId, {});
  }

  /** Write down an answer or a part of it. */
  note(itemId, part) {
    if (this.ended) return;
    this.answers[itemId] = { ...this.answers[itemId], ...part };
    this.keep();
  }

  /** Seconds left, never below 0. */
  left(now = Date.now()) {
    return Math.max(0, Math.ceil((this.started + this.minutes * 60000 - now) / 1000));
  }

  end() {
    this.ended ??= Math.min(Date.now(), this.started + this.minutes * 60000);
    this.keep();
  }

  usedWords() {
    return trn(this.minutes, "{time} of {n} minute", "{time} of {n} minutes", { time: clockWords(Math.round((this.ended - this.started) / 1000)) });
  }

  message() {
    const whole = Object.entries(this.answers).filter(([, answer]) => answer.whole);
    const answers = Object.fromEntries(whole.map(([id, { response, certainty, latency_ms }]) => [id, { response, certainty, latency_ms }]));
    return { type: "exam_end", block: this.block, answers, seen: Object.keys(this.answers) };
  }
}

/** 95 as "1:35". */
function clockWords(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function examMinutes(entries) {
  return Math.max(1, Math.round(entries.reduce((sum, entry) => sum + entry.view.seconds, 0) / 60));
}

/** Questions for an exam: those never answered first, then those not right, in any order. */
function drawQuestions(entries, count) {
  const rank = (entry) => (entry.outcome ? (entry.outcome.correct ? 2 : 1) : 0);
  const drawn = entries.map((entry) => [rank(entry), Math.random(), entry]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return drawn.slice(0, count).map(([, , entry]) => entry);
}

/** The panel that starts an exam; start(entries, minutes). */
function examStart(entries, start, cancel) {
  const usual = Math.min(10, entries.length);
  const ids = [uid("count"), uid("minutes")];
  const count = h("input", { id: ids[0], type: "number", min: "1", max: String(entries.length), step: "1", value: String(usual), required: true });
  const minutes = h("input", { id: ids[1], type: "number", min: "1", max: "240", step: "1", value: String(examMinutes(entries.slice(0, usual))), required: true });
  let own = false;
  minutes.addEventListener("input", () => (own = true));
  count.addEventListener("input", () => {
    if (!own && count.checkValidity()) minutes.value = String(examMinutes(entries.slice(0, Number(count.value))));
  });
  const heading = h("h4", { tabindex: "-1", class: "bm-quiz-title" }, tr("Timed exam"));
  const submit = (event) => {
    event.preventDefault();
    start(drawQuestions(entries, Number(count.value)), Number(minutes.value));
  };
  const rules = [tr("No feedback and no hints until the end; answers can be changed until then."), tr("The clock goes on if you close the page. Come back and go on: your answers stay in this browser."), tr("Questions you never answered come first.")];
  const element = h(
    "form", { class: "bm-exam-start", onsubmit: submit },
    heading,
    h("ul", {}, rules.map((rule) => h("li", {}, rule))),
    h("div", { class: "bm-exam-fields" }, h("p", {}, h("label", { for: ids[0] }, tr("Questions (1 to {most})", { most: entries.length })), count), h("p", {}, h("label", { for: ids[1] }, tr("Minutes (1 to 240)")), minutes)),
    h("div", { class: "bm-quiz-actions" }, h("button", { type: "submit", class: "bm-primary" }, tr("Start the exam")), h("button", { type: "button", onclick: cancel }, tr("Not now"))),
  );
  return { element, focus: () => heading.focus() };
}

/** Before the end: what is open, what is flagged; actions: open(entry), end(). */
function examOverview(entries, exam, actions) {
  const open = entries.filter((entry) => !exam.isAnswered(entry.view.id)).length;
  const flagged = entries.filter((entry) => entry.flagged).length;
  const heading = h("h4", { tabindex: "-1", class: "bm-quiz-title" }, tr("Overview of the exam"));
  const answered = open ? trn(open, "{n} question not answered", "{n} questions not answered") : tr("All questions answered");
  const marked = flagged ? trn(flagged, ", {n} flagged", ", {n} flagged") : "";
  const words = `${answered}${marked}.${open ? ` ${tr("What has no answer counts as not right.")}` : ""}`;
  const rows = entries.map((entry, n) => summaryRow(entry, n + 1, stateOf(entry, exam), actions.open));
  const element = h("div", { class: "bm-quiz-summary" }, heading, h("p", {}, words), h("ul", { class: "bm-quiz-rows" }, rows), h("div", { class: "bm-quiz-actions" }, h("button", { type: "button", class: "bm-primary", onclick: actions.end }, tr("Finish and see the results"))));
  return { element, focus: () => heading.focus() };
}

/** After the end: all that was learned from it; actions: open(entry), close(). */
function examResults(entries, exam, unread, actions) {
  const outcomes = entries.map((entry) => entry.outcome).filter(Boolean);
  const right = outcomes.filter((outcome) => outcome.correct).length;
  const score = outcomes.reduce((sum, outcome) => sum + outcome.score, 0);
  const most = entries.reduce((sum, entry) => sum + entry.view.points, 0);
  const heading = h("h4", { tabindex: "-1", class: "bm-quiz-title" }, tr("Results of the exam"));
  const rows = entries.map((entry, n) => summaryRow(entry, n + 1, stateOf(entry, null), actions.open, unread[entry.view.id]));
  const element = h(
    "div", { class: "bm-quiz-summary" },
    heading,
    h("p", { class: "bm-quiz-score" }, `${tr("{right} of {all} right", { right, all: entries.length })}, ${pointsOf(score, most)}, ${tr("in {time}.", { time: exam.usedWords() })}`),
    calibrationParagraph(outcomes), wrongIdeas(entries),
    h("h5", {}, tr("Every question with its feedback")),
    h("ul", { class: "bm-quiz-rows" }, rows),
    h("div", { class: "bm-quiz-actions" }, h("button", { type: "button", class: "bm-primary", onclick: actions.close }, tr("Back to all questions"))),
  );
  return { element, focus: () => heading.focus() };
}
