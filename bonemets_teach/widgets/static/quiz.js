// The quiz player: a list of questions, one shown at a time, a summary, and everything restored after a reload.

const QUIZ_RESEND_MS = 5000;

class QuizView extends QuizCard {
  constructor(model, el) {
    super(model, el);
    this.connect();
  }

  connect() {
    this.onMessage = (message, buffers) => this.receive(message, buffers ?? []);
    this.model.on("msg:custom", this.onMessage);
    this.again = () => this.sendWaiting();
    this.print = () => this.paper.replaceChildren(paperCopy(this.entries));
    addEventListener("online", this.again);
    addEventListener("beforeprint", this.print);
    this.timer = setInterval(this.again, QUIZ_RESEND_MS);
    this.explored = (event) => {
      if (this.current?.view.explorer === event.detail?.scene) this.form?.control.drifted?.(event.detail.state);
    };
    document.addEventListener("bonemets-state", this.explored);
    this.greet();
  }

  close() {
    clearInterval(this.timer);
    removeEventListener("online", this.again);
    removeEventListener("beforeprint", this.print);
    document.removeEventListener("bonemets-state", this.explored);
    this.model.off("msg:custom", this.onMessage);
    this.pictures.close();
    this.desk.close();
  }

  greet() {
    const exam = this.offersExam ? QuizExam.kept(this.learner) : null;
    this.send({ type: "learner", secret: this.learner, ...(exam ? { block: exam.block } : {}) });
  }

  send(message) {
    try {
      this.model.send(message);
    } catch {
      // A closed connection: the timer tries again.
    }
  }

  /** Send what is not confirmed yet, and say that it waits. */
  sendWaiting() {
    if (!this.entries.length) {
      this.greet();
      return;
    }
    this.desk.sendEnd();
    for (const message of this.waiting.values()) {
      // Answers from before an exam wait for its end, as their feedback must.
      if (this.desk.isRunning && message.type === "answer") continue;
      this.send(message);
      if (this.entry(message.item_id) === this.current) this.form?.say(tr("The lesson does not answer yet. Your answer is kept in this browser and is sent again until it arrives."));
    }
  }

  entry(itemId) {
    return [...this.entries, ...this.spares].find((entry) => entry.view.id === itemId);
  }

  receive(message, buffers) {
    const known = { quiz: "load", outcome: "graded", hint: "hinted", refused: "refused", picture: "pictured", state: "took", step: "stepped", results: "ended" }[message?.type];
    if (known) this[known](message, buffers);
  }

  load(message) {
    if (this.entries.length) return;
    const flags = flaggedItems();
    const all = message.items.map((view, n) => ({ view, number: n + 1, outcome: message.outcomes[view.id] ?? null, tries: message.tries[view.id] ?? 0, draft: null, certainty: null, struck: new Set(), flagged: flags.has(view.id), hints: [], taken: null, sending: false, since: 0 }));
    this.entries = all.filter((entry) => !entry.view.spare);
    this.spares = all.filter((entry) => entry.view.spare);
    const exam = message.exam ? QuizExam.kept(this.learner) : null;
    for (const answer of waitingAnswers(this.learner, new Set(message.items.map((view) => view.id)))) this.queue(answer);
    const open = this.entries.find((entry) => !entry.outcome);
    if (!this.entries.length) this.count.textContent = tr("There are no questions in this lesson at the moment.");
    else if (exam?.id === message.exam && exam) this.desk.resume(exam);
    else if (open) this.show(open, false);
    else this.showSummary(false);
    this.root.dataset.ready = "yes";
  }

  ended(message) {
    this.desk.results(message);
  }

  /** Keep an answer here until it is confirmed. */
  keepWaiting(message) {
    keepInOutbox(this.learner, message);
    this.waiting.set(message.attempt_id, message);
  }

  queue(message) {
    this.waiting.set(message.attempt_id, message);
    const entry = this.entry(message.item_id);
    entry.sending = true;
    entry.draft = message.response;
    this.send(message);
  }

  check(entry, response) {
    const latency = entry.since ? Date.now() - entry.since : 0;
    const message = { type: "answer", attempt_id: newUuid(), item_id: entry.view.id, response, hints_used: entry.hints.length, latency_ms: latency, certainty: entry.certainty };
    keepInOutbox(this.learner, message);
    this.queue(message);
    this.show(entry, false);
    this.form.element.querySelector("button[type=submit]")?.focus();
  }

  graded(message) {
    this.waiting.delete(message.attempt_id);
    if (message.saved) dropFromOutbox(message.attempt_id);
    const entry = this.entry(message.item_id);
    if (!entry || entry.lastAttempt === message.attempt_id || this.desk.isRunning) return;
    Object.assign(entry, { outcome: message, lastAttempt: message.attempt_id, tries: entry.tries + 1, sending: false });
    if (this.current === entry) {
      this.show(entry, false);
      this.outcome.focus();
    } else this.showProgress();
  }

  refused(message) {
    if (message.sealed) return;
    this.waiting.delete(message.attempt_id ?? `step ${message.item_id}`);
    if (message.attempt_id) dropFromOutbox(message.attempt_id);
    const entry = this.entry(message.item_id);
    if (entry) entry.sending = false;
    const words = message.text.charAt(0).toUpperCase() + message.text.slice(1);
    if (entry && entry === this.current && !entry.outcome) {
      this.show(entry, false);
      this.form.refused();
      this.form.say(`${words}.`.replace(/([.?!])\.$/, "$1"));
    } else announce(this.news, words);
  }

  hinted(message) {
    const entry = this.entry(message.item_id);
    if (!entry || entry.hints.some((hint) => hint.number === message.number)) return;
    entry.hints.push(message);
    if (entry !== this.current) return;
    this.show(entry, false);
    announce(this.spoken, `${tr("Hint {number}:", { number: message.number })} ${this.form.element.querySelector(".bm-quiz-hints li:last-child span").textContent}`);
    (this.form.element.querySelector(".bm-quiz-actions button[type=button]") ?? this.form.element.querySelector("button[type=submit]")).focus();
  }

  pictured(message, buffers) {
    this.pictures.came(message, buffers);
  }

  /** Answer a step of a case; it is sent again until the next one comes. */
  step(entry, step, response) {
    const message = { type: "step", item_id: entry.view.id, step, response };
    this.waiting.set(`step ${entry.view.id}`, message);
    this.send(message);
  }

  stepped(message) {
    const entry = this.entry(message.item_id);
    this.waiting.delete(`step ${message.item_id}`);
    if (!entry || entry.outcome) return;
    const fresh = message.steps.length !== entry.steps?.steps.length;
    entry.steps = message;
    if (entry !== this.current) return;
    this.show(entry, false);
    if (fresh) this.form.control.heading.focus();
  }

  /** The kernel says in words which state of the explorer it has taken. */
  took(message) {
    const entry = this.entry(message.item_id);
    if (!entry) return;
    entry.taken = message;
    if (entry === this.current) this.form?.control.took?.(message);
  }
}

function renderQuiz({ model, el }) {
  const view = new QuizView(model, el);
  return () => view.close();
}

export default { render: keepingKeys(renderQuiz) };
