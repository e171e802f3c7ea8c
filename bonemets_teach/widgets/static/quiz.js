// The quiz player: a list of questions, one shown at a time, a summary, and everything restored after a reload.

const QUIZ_RESEND_MS = 5000;
// A story with more letters than this stands beside its options where there is room.
const QUIZ_LONG_STORY = 150;

class QuizView {
  constructor(model, el) {
    this.model = model;
    this.learner = learnerSecret();
    this.entries = [];
    this.current = null;
    this.waiting = new Map();
    this.pictures = new Map();
    this.form = null;
    this.count = h("p", { class: "bm-quiz-count" }, "Loading the questions…");
    this.bar = h("progress", { max: 1, value: 0, "aria-label": "Questions answered" });
    this.list = h("ol", { class: "bm-quiz-list" });
    this.news = h("p", { class: "bm-quiz-news", role: "status" });
    this.spoken = h("p", { class: "bm-sr-only", role: "status" });
    this.card = h("div", { class: "bm-quiz-card" });
    this.paper = h("div", { class: "bm-quiz-paper", "aria-hidden": "true" });
    const title = uid("quiz");
    const head = h("div", { class: "bm-quiz-head" }, h("h3", { id: title }, "Questions"), this.count);
    const nav = h("nav", { "aria-label": "Questions" }, this.list);
    this.root = h("section", { class: "bm-widget bm-quiz", "aria-labelledby": title }, head, this.bar, nav, this.news, this.spoken, this.card, this.paper);
    el.append(this.root);
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
    for (const entry of this.pictures.values()) if (entry.url) URL.revokeObjectURL(entry.url);
  }

  greet() {
    this.send({ type: "learner", secret: this.learner });
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
    for (const message of this.waiting.values()) {
      this.send(message);
      if (this.entry(message.item_id) === this.current) this.form?.say("The lesson does not answer yet. Your answer is kept in this browser and is sent again until it arrives.");
    }
  }

  entry(itemId) {
    return this.entries.find((entry) => entry.view.id === itemId);
  }

  receive(message, buffers) {
    const known = { quiz: "load", outcome: "graded", hint: "hinted", refused: "refused", picture: "pictured", state: "took", step: "stepped" }[message?.type];
    if (known) this[known](message, buffers);
  }

  load(message) {
    const first = !this.entries.length;
    if (!first) return;
    this.entries = message.items.map((view, n) => ({ view, number: n + 1, outcome: message.outcomes[view.id] ?? null, tries: message.tries[view.id] ?? 0, draft: null, hints: [], taken: null, sending: false, since: 0 }));
    for (const answer of waitingAnswers(this.learner, new Set(message.items.map((view) => view.id)))) this.queue(answer);
    const open = this.entries.find((entry) => !entry.outcome);
    if (!this.entries.length) this.count.textContent = "There are no questions in this lesson at the moment.";
    else if (open) this.show(open, false);
    else this.showSummary(false);
    this.root.dataset.ready = "yes";
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
    const message = { type: "answer", attempt_id: newUuid(), item_id: entry.view.id, response, hints_used: entry.hints.length, latency_ms: latency };
    keepInOutbox(this.learner, message);
    this.queue(message);
    this.show(entry, false);
    this.form.element.querySelector("button[type=submit]")?.focus();
  }

  graded(message) {
    this.waiting.delete(message.attempt_id);
    if (message.saved) dropFromOutbox(message.attempt_id);
    const entry = this.entry(message.item_id);
    if (!entry || entry.lastAttempt === message.attempt_id) return;
    Object.assign(entry, { outcome: message, lastAttempt: message.attempt_id, tries: entry.tries + 1, sending: false });
    if (this.current === entry) {
      this.show(entry, false);
      this.outcome.focus();
    } else this.showProgress();
  }

  refused(message) {
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
    announce(this.spoken, `Hint ${message.number}: ${this.form.element.querySelector(".bm-quiz-hints li:last-child span").textContent}`);
    (this.form.element.querySelector(".bm-quiz-actions button[type=button]") ?? this.form.element.querySelector("button[type=submit]")).focus();
  }

  /** Ask for a picture once per width and theme; done(url, problem) gets it. */
  picture(itemId, index, look, done) {
    const key = `${itemId}/${index}`;
    const known = this.pictures.get(key);
    if (known?.url && known.theme === look.theme) {
      done(known.url, null);
      return;
    }
    this.pictures.set(key, { done, theme: look.theme });
    this.send({ type: "picture", item_id: itemId, index, look });
  }

  pictured(message, buffers) {
    const asked = this.pictures.get(`${message.item_id}/${message.index}`);
    if (!asked) return;
    if (buffers[0]) asked.url = URL.createObjectURL(new Blob([buffers[0]], { type: message.mime }));
    asked.done(asked.url ?? null, message.problem ?? null);
  }

  figures(entry, pictures) {
    return pictures.map((picture) => pictureFigure(picture, this.root, (look, done) => this.picture(entry.view.id, picture.index, look, done)));
  }

  /** What some types of questions need beyond their own data. */
  tools(entry) {
    return {
      room: this.root,
      ask: (look, done) => this.picture(entry.view.id, entry.view.spot.index, look, done),
      takeState: (state) => this.send({ type: "state", item_id: entry.view.id, state }),
      taken: entry.taken,
      steps: entry.steps ?? null,
      step: (step, response) => this.step(entry, step, response),
      back: () => this.form?.control.first.focus(),
    };
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

  show(entry, focus) {
    const { view } = entry;
    if (this.current !== entry || !entry.since) entry.since = Date.now();
    this.current = entry;
    announce(this.news, "");
    const facts = [`Question ${entry.number} of ${this.entries.length}`, view.level, view.points ? plural(view.points, "point") : "not scored"].join(" · ");
    const title = h("h4", { tabindex: "-1", class: "bm-quiz-title" }, view.title);
    const stem = view.stem ? withHtml("div", { class: "bm-quiz-text" }, view.stem) : null;
    const story = h("div", { class: "bm-quiz-story" }, h("p", { class: "bm-quiz-facts" }, facts), title, stem, this.figures(entry, view.pictures));
    const work = h("div", { class: "bm-quiz-work" });
    this.form = this.outcome = null;
    if (entry.outcome) {
      this.outcome = outcomePanel(view, entry.outcome, this.figures(entry, entry.outcome.pictures), this.tools(entry));
      work.append(this.outcome.element, this.outcomeActions(entry));
    } else {
      this.form = questionForm(view, entry, { check: (response) => this.check(entry, response), hint: (number) => this.send({ type: "hint", item_id: view.id, number }), draft: (response) => (entry.draft = response) }, this.tools(entry));
      work.append(this.form.element);
    }
    this.card.replaceChildren(story, work);
    if (view.type !== "scene_task" || entry.outcome) dropReturnButton();
    const needsRoom = Boolean(view.rows ?? view.steps ?? view.step ?? view.spot ?? view.explorer);
    this.card.toggleAttribute("data-wide", !needsRoom && (view.pictures.length > 0 || (stem?.textContent.length ?? 0) > QUIZ_LONG_STORY));
    this.showProgress();
    if (focus) title.focus();
  }

  outcomeActions(entry) {
    const after = this.entries[entry.number];
    const next = h("button", { type: "button", class: "bm-primary", onclick: () => (after ? this.show(after, true) : this.showSummary(true)) }, after ? "Next question" : "See the summary");
    const again = h("button", { type: "button", onclick: () => this.retry(entry) }, entry.outcome.correct ? "Answer it again" : "Try again");
    return h("div", { class: "bm-quiz-actions" }, next, again, entry.tries > 1 ? h("span", { class: "bm-help" }, `Try ${entry.tries}`) : null);
  }

  retry(entry) {
    Object.assign(entry, { outcome: null, draft: null, taken: null, steps: null, hints: [], since: 0 });
    this.show(entry, true);
  }

  showProgress() {
    const done = this.entries.filter((entry) => entry.outcome);
    const right = done.filter((entry) => entry.outcome.correct).length;
    this.count.textContent = `${done.length} of ${this.entries.length} answered, ${right} right`;
    this.bar.max = this.entries.length;
    this.bar.value = done.length;
    this.list.replaceChildren(...this.entries.map((entry) => this.listButton(entry)), this.summaryButton());
  }

  listButton(entry) {
    const kind = entry.sending ? "sending" : outcomeState(entry.outcome);
    const known = QUIZ_STATES[kind];
    const button = h("button", { type: "button", dataset: { kind }, "aria-label": `Question ${entry.number}, ${known.words}`, title: `${entry.view.title} (${known.words})`, onclick: () => this.show(entry, true) }, h("span", {}, String(entry.number)), h("span", { class: "bm-quiz-mark", "aria-hidden": "true" }, known.mark));
    if (entry === this.current) button.setAttribute("aria-current", "step");
    return h("li", {}, button);
  }

  summaryButton() {
    const button = h("button", { type: "button", class: "bm-quiz-to-summary", onclick: () => this.showSummary(true) }, "Summary");
    if (!this.current) button.setAttribute("aria-current", "step");
    return h("li", {}, button);
  }

  showSummary(focus) {
    this.current = this.form = this.outcome = null;
    dropReturnButton();
    const summary = quizSummary(this.entries, { open: (entry) => this.show(entry, true), redo: (entries) => this.redo(entries), reset: () => this.redo(this.entries) });
    this.card.replaceChildren(summary.element);
    this.card.removeAttribute("data-wide");
    this.showProgress();
    if (focus) summary.focus();
  }

  /** Open questions again; what was answered before stays in the learner's record. */
  redo(entries) {
    for (const entry of entries) Object.assign(entry, { outcome: null, draft: null, taken: null, steps: null, hints: [], since: 0 });
    if (entries.length) this.show(entries[0], true);
    announce(this.news, `${plural(entries.length, "question")} to answer again. Your earlier answers stay in your record.`);
  }
}

function renderQuiz({ model, el }) {
  const view = new QuizView(model, el);
  return () => view.close();
}

export default { render: renderQuiz };
