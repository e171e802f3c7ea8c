// The page of the quiz: what it shows and what its buttons do; messages are left to the view that extends it.

// A story with more letters than this stands beside its options where there is room.
const QUIZ_LONG_STORY = 150;

class QuizCard {
  constructor(model, el) {
    this.model = model;
    // A page without a kernel leads its own tests.
    this.offersExam = typeof model.save_changes === "function";
    this.learner = learnerSecret();
    this.entries = [];
    // Questions that are asked only as another try at one like them.
    this.spares = [];
    this.current = null;
    this.waiting = new Map();
    this.pictures = new QuizPictures((message) => this.send(message));
    this.desk = new QuizExamDesk(this);
    this.form = null;
    this.count = h("p", { class: "bm-quiz-count" }, tr("Loading the questions…"));
    this.bar = h("progress", { max: 1, value: 0, "aria-label": tr("Questions answered") });
    this.list = h("ol", { class: "bm-quiz-list" });
    this.news = h("p", { class: "bm-quiz-news", role: "status" });
    this.spoken = h("p", { class: "bm-sr-only", role: "status" });
    this.card = h("div", { class: "bm-quiz-card" });
    this.paper = h("div", { class: "bm-quiz-paper", "aria-hidden": "true" });
    const title = uid("quiz");
    const head = h("div", { class: "bm-quiz-head" }, h("h3", { id: title }, tr("Questions")), this.count, this.desk.clock);
    const nav = h("nav", { "aria-label": tr("Questions") }, this.list);
    this.root = h("section", { class: "bm-widget bm-quiz", "aria-labelledby": title }, head, this.bar, nav, this.news, this.spoken, this.card, this.foot(), this.paper);
    listenToKeys(this.root, this.keys());
    el.append(this.root);
  }

  /** Wishes, keys and the exam, below the question. */
  foot() {
    const box = h("input", { type: "checkbox", checked: wantsCertainty() });
    box.addEventListener("change", () => {
      setWantsCertainty(box.checked);
      if (this.form) this.show(this.current, false);
    });
    this.examButton = h("button", { type: "button", hidden: true, onclick: () => this.desk.offer() }, tr("Timed exam…"));
    return h("div", { class: "bm-quiz-foot" }, h("label", { class: "bm-quiz-wishes" }, box, tr("Ask how sure I am")), this.examButton, keyHelp());
  }

  keys() {
    return {
      pick: (n, event) => {
        if (!this.form) return false;
        if (this.form.sure?.has(event.target)) this.form.sure.pick(n);
        else this.form.control.pick(n);
        return true;
      },
      strike: (n) => Boolean(this.form?.control.strike) && (this.form.control.strike(n), true),
      check: () => this.form?.element.requestSubmit(),
      sure: () => Boolean(this.form?.sure) && (this.form.sure.focus(), true),
      flag: () => Boolean(this.current) && (this.flag(this.current), true),
      next: () => this.go(1),
      previous: () => this.go(-1),
    };
  }

  /** What is asked now: all questions, or those of the exam. */
  asked() {
    return this.desk.exam ? this.desk.entries() : this.entries;
  }

  go(places) {
    const asked = this.asked();
    const next = asked[(this.current ? asked.indexOf(this.current) : places < 0 ? asked.length : -1) + places];
    if (next) this.show(next, true);
    else if (this.current && places > 0) this.overview();
    else return false;
    return true;
  }

  flag(entry) {
    entry.flagged = toggleFlag(entry.view.id);
    const button = flagButton(entry, () => this.flag(entry));
    const old = this.card.querySelector(".bm-quiz-flag");
    const held = old === document.activeElement;
    old?.replaceWith(button);
    if (held) button.focus();
    else announce(this.spoken, entry.flagged ? tr("Flagged for review.") : tr("Flag taken away."));
    this.showProgress();
  }

  figures(entry, pictures) {
    return pictures.map((picture) => pictureFigure(picture, this.root, (look, done) => this.pictures.ask(entry.view.id, picture.index, look, done)));
  }

  /** What some types of questions need beyond their own data. */
  tools(entry) {
    return {
      room: this.root,
      ask: (look, done) => this.pictures.ask(entry.view.id, entry.view.spot.index, look, done),
      takeState: (state) => this.send({ type: "state", item_id: entry.view.id, state }),
      taken: entry.taken,
      struck: entry.struck,
      steps: entry.steps ?? null,
      step: (step, response) => this.step(entry, step, response),
      back: () => this.form?.control.first.focus(),
    };
  }

  show(entry, focus) {
    const { view } = entry;
    quizLanguage = view.lang;
    if (this.current !== entry || !entry.since) entry.since = Date.now();
    this.current = entry;
    announce(this.news, "");
    const asked = this.asked();
    if (this.desk.isRunning && asked.includes(entry)) this.desk.exam.see(view.id);
    const facts = [tr("Question {number} of {all}", { number: asked.indexOf(entry) + 1, all: asked.length }), view.level, view.points ? pointCount(view.points) : tr("not scored")].join(" · ");
    const title = h("h4", { tabindex: "-1", class: "bm-quiz-title", ...inLanguage(view.lang) }, view.title);
    const stem = view.stem ? withHtml("div", { class: "bm-quiz-text" }, view.stem) : null;
    const story = h("div", { class: "bm-quiz-story" }, h("div", { class: "bm-quiz-facts" }, h("p", {}, facts, " ", languageMark(view.lang)), flagButton(entry, () => this.flag(entry))), title, stem, this.figures(entry, view.pictures));
    const work = h("div", { class: "bm-quiz-work" });
    this.form = this.outcome = null;
    if (entry.outcome) {
      this.outcome = outcomePanel(view, entry.outcome, this.figures(entry, entry.outcome.pictures), this.tools(entry));
      work.append(this.outcome.element, this.outcomeActions(entry));
    } else {
      this.form = questionForm(view, this.formState(entry), this.formActions(entry), this.tools(entry));
      work.append(this.form.element);
    }
    this.card.replaceChildren(story, work);
    if (view.type !== "scene_task" || entry.outcome) dropReturnButton();
    const needsRoom = Boolean(view.rows ?? view.steps ?? view.step ?? view.spot ?? view.explorer);
    this.card.toggleAttribute("data-wide", !needsRoom && (view.pictures.length > 0 || (stem?.textContent.length ?? 0) > QUIZ_LONG_STORY));
    this.showProgress();
    if (focus) title.focus();
  }

  formState(entry) {
    const running = this.desk.isRunning;
    const last = running && this.asked().at(-1) === entry;
    return { ...entry, hints: running ? [] : entry.hints, sending: !running && entry.sending, asksCertainty: wantsCertainty(), exam: running ? { next: last ? tr("To the overview") : tr("Next question") } : null };
  }

  formActions(entry) {
    return {
      check: (response) => this.check(entry, response),
      hint: (number) => this.send({ type: "hint", item_id: entry.view.id, number }),
      draft: (response, whole) => {
        entry.draft = response;
        this.desk.note(entry, { response, whole, struck: [...entry.struck] });
      },
      sure: (level) => {
        entry.certainty = level;
        this.desk.note(entry, { certainty: level });
      },
      goOn: () => this.go(1),
    };
  }

  /** A question like this one that was answered less often, or none. */
  sibling(entry, taken = new Set()) {
    const like = [...this.entries, ...this.spares].filter((other) => other !== entry && !taken.has(other) && entry.view.group && other.view.group === entry.view.group && other.tries < entry.tries);
    return like.sort((a, b) => a.tries - b.tries)[0] ?? null;
  }

  outcomeActions(entry) {
    const asked = this.asked();
    const after = asked[asked.indexOf(entry) + 1];
    const other = this.sibling(entry);
    const next = h("button", { type: "button", class: "bm-primary", onclick: () => (after ? this.show(after, true) : this.overview()) }, after ? tr("Next question") : this.desk.exam ? tr("Back to the results") : tr("See the summary"));
    const again = h("button", { type: "button", onclick: () => this.retry(other ?? entry) }, other ? (entry.outcome.correct ? tr("Answer one like it") : tr("Try again with a new question")) : entry.outcome.correct ? tr("Answer it again") : tr("Try again"));
    return h("div", { class: "bm-quiz-actions" }, next, again, entry.tries > 1 ? h("span", { class: "bm-help" }, tr("Try {number}", { number: entry.tries })) : null);
  }

  /** Make a question open again; what was answered before stays in the learner's record. */
  reopen(entry) {
    Object.assign(entry, { outcome: null, draft: null, certainty: null, taken: null, steps: null, struck: new Set(), hints: [], since: 0 });
  }

  /** Put a spare question into the list, after the one that it asks anew. */
  unpack(entry, after) {
    if (!this.spares.includes(entry)) return;
    this.spares = this.spares.filter((other) => other !== entry);
    this.entries.splice(this.entries.indexOf(after) + 1, 0, entry);
  }

  retry(entry) {
    this.reopen(entry);
    this.unpack(entry, this.current);
    // The other question of the group may lie outside the exam whose results are shown.
    if (!this.asked().includes(entry)) this.desk.putAway();
    this.show(entry, true);
  }

  showProgress() {
    const asked = this.asked();
    const exam = this.desk.isRunning ? this.desk.exam : null;
    this.count.textContent = countWords(asked, exam);
    this.bar.max = asked.length;
    this.bar.value = asked.filter((entry) => (exam ? exam.isAnswered(entry.view.id) : entry.outcome)).length;
    this.list.replaceChildren(...questionList(asked, this.current, this.desk.exam, { open: (entry) => this.show(entry, true), overview: () => this.overview() }));
    this.examButton.hidden = !this.offersExam || Boolean(this.desk.exam) || this.entries.filter((entry) => entry.view.in_exam).length < 2;
  }

  overview() {
    if (this.desk.isRunning) this.desk.overview();
    else if (this.desk.exam) this.desk.showResults(true);
    else this.showSummary(true);
  }

  /** Put something else than a question into the card. */
  put(element) {
    this.current = this.form = this.outcome = null;
    dropReturnButton();
    this.card.replaceChildren(element);
    this.card.removeAttribute("data-wide");
    this.showProgress();
  }

  showSummary(focus) {
    const summary = quizSummary(this.entries, { open: (entry) => this.show(entry, true), redo: (entries) => this.redo(this.freshFor(entries)), reset: () => this.redo(this.entries) });
    this.put(summary.element);
    if (focus) summary.focus();
  }

  /** For each question one like it that was answered less often, else the question itself. */
  freshFor(entries) {
    const chosen = new Set();
    for (const entry of entries) {
      const other = this.sibling(entry, chosen) ?? entry;
      this.unpack(other, entry);
      chosen.add(other);
    }
    return [...chosen];
  }

  /** Open questions again; what was answered before stays in the learner's record. */
  redo(entries) {
    const fresh = entries.filter((entry) => !entry.tries).length;
    for (const entry of entries) this.reopen(entry);
    if (entries.length) this.show(entries[0], true);
    const again = trn(entries.length, "{n} question to answer again. Your earlier answers stay in your record.", "{n} questions to answer again. Your earlier answers stay in your record.");
    announce(this.news, fresh ? `${again} ${trn(fresh, "{n} is new and asks the same in another way.", "{n} are new and ask the same in another way.")}` : again);
  }
}
