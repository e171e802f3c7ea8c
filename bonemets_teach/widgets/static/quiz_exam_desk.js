// Leads a timed exam through the player: start, clock, other tabs, end, results.

class QuizExamDesk {
  constructor(view) {
    this.view = view;
    this.exam = null;
    this.unread = {};
    this.clock = h("p", { class: "bm-exam-clock", role: "timer", "aria-label": tr("Time left"), hidden: true });
    this.timer = setInterval(() => this.tick(), EXAM_TICK_MS);
    this.stored = (event) => event.key === examKey() && this.changedElsewhere(event.newValue);
    addEventListener("storage", this.stored);
  }

  close() {
    clearInterval(this.timer);
    removeEventListener("storage", this.stored);
  }

  get isRunning() {
    return Boolean(this.exam && !this.exam.ended);
  }

  /** The questions of the exam, in its order. */
  entries() {
    return Object.keys(this.exam.attempts).map((id) => this.view.entry(id)).filter(Boolean);
  }

  offer() {
    const asked = this.view.entries.filter((entry) => entry.view.in_exam);
    const panel = examStart(asked, (entries, minutes) => this.begin(QuizExam.begin(this.view.learner, entries, minutes)), () => this.view.showSummary(true));
    this.view.put(panel.element);
    panel.focus();
  }

  begin(exam) {
    this.take(exam);
    this.view.send({ type: "exam", block: exam.block });
    if (!this.tick()) this.view.show(this.entries()[0], true);
  }

  /** Take over an exam that was under way: its questions are open again, with what was answered in it. */
  take(exam) {
    this.exam = exam;
    for (const entry of this.entries()) {
      const answer = exam.answers[entry.view.id];
      this.view.reopen(entry);
      Object.assign(entry, { draft: answer?.response ?? null, certainty: answer?.certainty ?? null, struck: new Set(answer?.struck) });
    }
    this.view.root.toggleAttribute("data-exam", true);
  }

  /** After a reload: go on, or end what ran out of time meanwhile. */
  resume(exam) {
    this.take(exam);
    if (exam.ended) this.end();
    else if (!this.tick()) this.view.show(this.entries().find((entry) => !exam.isAnswered(entry.view.id)) ?? this.entries()[0], false);
  }

  /** Show the time; returns whether it has just run out. */
  tick() {
    if (!this.isRunning) return false;
    const left = this.exam.left();
    this.clock.hidden = false;
    this.clock.textContent = tr("{time} left", { time: clockWords(left) });
    this.clock.toggleAttribute("data-short", left <= 60);
    for (const seconds of EXAM_SAY_S) {
      if (left > seconds || this.exam.said.has(seconds)) continue;
      this.exam.said.add(seconds);
      if (left) announce(this.view.spoken, trn(Math.ceil(left / 60), "{n} minute left.", "{n} minutes left."));
    }
    if (left) return false;
    this.end();
    announce(this.view.news, tr("The time is over. What you had answered counts."));
    return true;
  }

  /** Note what was answered; a part of it counts once it is whole. */
  note(entry, part) {
    if (!this.isRunning || !(entry.view.id in this.exam.attempts)) return;
    this.exam.note(entry.view.id, { ...part, latency_ms: (this.exam.answers[entry.view.id]?.latency_ms ?? 0) + Date.now() - entry.since });
    entry.since = Date.now();
    this.view.showProgress();
  }

  overview() {
    const panel = examOverview(this.entries(), this.exam, { open: (entry) => this.view.show(entry, true), end: () => this.end() });
    this.view.put(panel.element);
    panel.focus();
  }

  end() {
    this.exam.end();
    this.clock.hidden = true;
    this.view.put(h("p", { class: "bm-quiz-count" }, tr("Your answers are on their way. They stay in this browser until they have arrived.")));
    this.sendEnd();
  }

  /** Ask again until the results come; the same ids make the same attempts. */
  sendEnd() {
    if (this.exam?.ended && !this.done) this.view.send(this.exam.message());
  }

  results(message) {
    if (this.exam?.id !== message.block_id || this.done) return;
    this.done = true;
    this.unread = message.unread;
    for (const outcome of message.outcomes) {
      const entry = this.view.entry(outcome.item_id);
      Object.assign(entry, { outcome, lastAttempt: outcome.attempt_id, tries: entry.tries + 1, sending: false });
      if (!outcome.saved) this.view.keepWaiting({ type: "answer", attempt_id: outcome.attempt_id, item_id: outcome.item_id, ...this.exam.answers[outcome.item_id], hints_used: 0 });
    }
    this.exam.end();
    this.exam.forget();
    this.clock.hidden = true;
    this.view.root.toggleAttribute("data-exam", false);
    this.showResults(true);
  }

  /** The results stay until they are put away. */
  showResults(focus) {
    const entries = this.entries();
    const panel = examResults(entries, this.exam, this.unread, { open: (entry) => this.view.show(entry, true), close: () => this.leave() });
    this.view.put(panel.element);
    if (focus) panel.focus();
  }

  putAway() {
    this.exam = null;
    this.done = false;
  }

  leave() {
    this.putAway();
    this.view.showSummary(true);
  }

  /** Another tab of this page started, went on with or ended an exam. */
  changedElsewhere(text) {
    let value = null;
    try {
      value = JSON.parse(text);
    } catch {
      return;
    }
    const other = value && QuizExam.kept(this.view.learner, value);
    if (!other || this.done) return;
    if (other.ended) {
      if (this.exam?.id === other.id) {
        this.exam = other;
        this.end();
      }
    } else if (!this.exam) this.begin(other);
    else if (this.exam.id === other.id) this.follow(other);
  }

  follow(other) {
    const at = this.view.current;
    this.take(other);
    if (at) this.view.show(at, false);
  }
}
