// Pictures of questions: asked for once per width and theme, drawn by the kernel, kept while the page is open.

class QuizPictures {
  constructor(send) {
    this.send = send;
    this.known = new Map();
  }

  /** done(url, problem) gets the picture. */
  ask(itemId, index, look, done) {
    const key = `${itemId}/${index}`;
    const known = this.known.get(key);
    if (known?.url && known.theme === look.theme) {
      done(known.url, null);
      return;
    }
    this.known.set(key, { done, theme: look.theme });
    this.send({ type: "picture", item_id: itemId, index, look });
  }

  came(message, buffers) {
    const asked = this.known.get(`${message.item_id}/${message.index}`);
    if (!asked) return;
    if (buffers[0]) asked.url = URL.createObjectURL(new Blob([buffers[0]], { type: message.mime }));
    asked.done(asked.url ?? null, message.problem ?? null);
  }

  close() {
    for (const entry of this.known.values()) if (entry.url) URL.revokeObjectURL(entry.url);
  }
}
