// The socket to the kernel: comes back by itself, keeps what could not be sent, knows when the kernel is gone.
const GONE = 4410;
const RETRY_MS = [300, 800, 2000, 4000, 8000];

class Kernel {
  #socket = null;
  #waiting = [];
  #attempt = 0;
  #timer = 0;
  #ended = false;
  #session = randomId();
  #answers = new Map();

  constructor(page, heard) {
    this.page = page;
    this.heard = heard;
    this.connect();
    addEventListener("online", () => this.#retry(0));
    document.addEventListener("visibilitychange", () => !document.hidden && this.#retry(0));
  }

  connect() {
    if (this.#socket || this.#ended) return;
    const address = new URL(`${this.page.base}api/kernels/${this.page.kernel}/channels?session_id=${this.#session}`, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address, [PROTOCOL]);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = (event) => this.#closed(event);
    this.#socket = socket;
  }

  /** Let the connection go without an end of the kernel, as when the page rests in the browser's cache. */
  pause() {
    const socket = this.#socket;
    this.#socket = null;
    if (socket) socket.onclose = socket.onmessage = null;
    socket?.close();
  }

  resume() {
    this.#attempt = 0;
    this.connect();
  }

  sendComm(comm_id, data, buffers = [], callbacks) {
    const header = { msg_id: this.#number(), msg_type: "comm_msg", session: this.#session, username: "", version: "5.4", date: new Date().toISOString() };
    const message = { header, parent_header: {}, metadata: {}, content: { comm_id, data } };
    if (callbacks?.iopub || callbacks?.shell) this.#answers.set(header.msg_id, callbacks);
    const bytes = packMessage("shell", message, buffers);
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(bytes);
    else this.#waiting.push(bytes);
  }

  #number() {
    return `${this.#session}_${(this.count = (this.count ?? 0) + 1)}`;
  }

  #opened() {
    const again = this.wasOpen;
    this.wasOpen = true;
    this.#attempt = 0;
    for (const bytes of this.#waiting.splice(0)) this.#socket.send(bytes);
    this.heard.open(Boolean(again));
  }

  #receive(data) {
    if (!(data instanceof ArrayBuffer)) return;
    const message = unpackMessage(data);
    const { msg_type: type } = message.header;
    const callbacks = this.#answers.get(message.parent_header.msg_id);
    if (type === "comm_msg") this.heard.message(message.content.comm_id, message.content.data, message.buffers);
    if (!callbacks) return;
    if (type === "status") callbacks.iopub?.status?.(message);
    if (type === "status" && message.content.execution_state === "idle") this.#answers.delete(message.parent_header.msg_id);
  }

  #closed(event) {
    this.#socket = null;
    if (event.code === GONE) this.#end(event.reason);
    else this.#retry();
  }

  #retry(delay = RETRY_MS[Math.min(this.#attempt, RETRY_MS.length - 1)] * (0.75 + Math.random() / 2)) {
    if (this.#socket || this.#ended) return;
    clearTimeout(this.#timer);
    if (delay) this.heard.lost(this.#attempt);
    this.#attempt += 1;
    this.#timer = setTimeout(() => this.#ask(), delay);
  }

  /** A refused socket does not say why, so ask whether the kernel is still there. */
  async #ask() {
    try {
      const answer = await fetch(`${this.page.base}api/lesson/state/${this.page.kernel}`, { cache: "no-store" });
      if (answer.ok && !(await answer.json()).alive) return this.#end("died");
      this.connect();
    } catch {
      this.#retry();
    }
    return undefined;
  }

  #end(reason) {
    this.#ended = true;
    this.heard.gone(reason);
  }
}
