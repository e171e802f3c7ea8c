// What the quiz player talks to where there is no kernel: its messages go to the server and the answers come back.

class ServerModel {
  #listeners = new Set();
  #answered;
  #address;

  /** plan: {kind, items}; answered(reply, message) hears what comes beside the messages. */
  constructor(address, plan, answered) {
    this.#address = address;
    this.plan = plan;
    this.#answered = answered;
  }

  on(name, run) {
    if (name === "msg:custom") this.#listeners.add(run);
  }

  off(name, run) {
    this.#listeners.delete(run);
  }

  send(message) {
    this.#ask(message);
  }

  async #ask(message) {
    // Who is learning goes in the header, never in the body.
    const { secret: _, ...rest } = message;
    let reply;
    try {
      const body = JSON.stringify({ ...this.plan, message: rest });
      reply = await (await askAsLearner(this.#address, { method: "POST", body })).json();
    } catch (error) {
      this.#answered({ problem: error.message }, message);
      // Only a refusal ends the waiting; what was lost on the way is sent again by the player.
      if (error.status === 400) this.#tell({ type: "refused", about: message.type, text: error.message, attempt_id: message.attempt_id, item_id: message.item_id }, []);
      return;
    }
    for (const { message: sent, buffers } of reply.sent) this.#tell(sent, buffers.map(bytesOf));
    this.#answered(reply, message);
  }

  #tell(message, buffers) {
    for (const run of [...this.#listeners]) run(message, buffers);
  }
}

function bytesOf(text) {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let place = 0; place < raw.length; place += 1) bytes[place] = raw.charCodeAt(place);
  return new DataView(bytes.buffer);
}
