// A test: one question at a time, each answer kept at once, no feedback on the way.

const OUTBOX = "bonemets.outbox";

/** The player keeps an answer until its outcome comes; a test has none, so it is let go here. */
function letGo(attemptId) {
  try {
    const waiting = JSON.parse(localStorage.getItem(OUTBOX) ?? "[]");
    localStorage.setItem(OUTBOX, JSON.stringify(waiting.filter((entry) => entry?.message?.attempt_id !== attemptId)));
  } catch {
    // Where storage is refused nothing was kept.
  }
}

class TestRun {
  /** server: a ServerModel; player: the quiz player's module; done() is called after the last answer. */
  constructor(server, player, place, done) {
    Object.assign(this, { server, player, place, done, listeners: new Set(), views: [], at: 0, close: null });
    this.head = el("p", { class: "bm-test-count", role: "status" });
    this.bar = el("progress", { max: "1", value: "0", "aria-label": "Questions answered" });
    this.room = el("div", { class: "bm-test-room" });
    place.replaceChildren(this.head, this.bar, this.room);
    this.heard = (message, buffers) => this.hear(message, buffers);
    server.on("msg:custom", this.heard);
    server.send({ type: "learner" });
  }

  stop() {
    this.server.off("msg:custom", this.heard);
    this.close?.();
    this.close = null;
  }

  hear(message, buffers) {
    if (message.type === "quiz" && !this.views.length) {
      this.views = message.items;
      this.bar.max = this.views.length;
      this.show(false);
    } else if (message.type === "kept") this.kept(message);
    else this.tell(message, buffers);
  }

  tell(message, buffers) {
    for (const run of [...this.listeners]) run(message, buffers);
  }

  /** What the player talks to: it sees a quiz of one question. */
  model() {
    return {
      on: (name, run) => name === "msg:custom" && this.listeners.add(run),
      off: (name, run) => this.listeners.delete(run),
      send: (message) => {
        if (message.type !== "learner") this.server.send(message);
        else queueMicrotask(() => this.tell({ type: "quiz", items: [this.views[this.at]], outcomes: {}, tries: {} }, []));
      },
    };
  }

  show(focus) {
    this.close?.();
    this.listeners.clear();
    this.head.textContent = `Question ${this.at + 1} of ${this.views.length}. Each answer is kept; the feedback comes after the second test.`;
    this.bar.value = this.at;
    this.room.replaceChildren();
    const model = this.model();
    if (focus) {
      const title = (message) => {
        model.off("msg:custom", title);
        queueMicrotask(() => this.room.querySelector(".bm-quiz-title")?.focus());
        return message;
      };
      this.close = this.player.render({ model, el: this.room });
      model.on("msg:custom", title);
    } else this.close = this.player.render({ model, el: this.room });
  }

  kept(message) {
    if (message.item_id !== this.views[this.at]?.id) return;
    if (!message.saved) {
      this.head.textContent = message.note;
      return;
    }
    letGo(message.attempt_id);
    this.at += 1;
    if (this.at < this.views.length) {
      this.show(true);
      return;
    }
    this.stop();
    this.done();
  }
}
