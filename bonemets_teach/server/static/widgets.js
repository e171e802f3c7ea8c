// Loads each widget's module once, each model once, and renders models into the places that show them.
class Widgets {
  #models = new Map();
  #modules = new Map();
  #bindings = new Map();
  #styles = new Set();
  #requests = new Map();
  #kernel = null;

  constructor(initial) {
    this.initial = initial;
    for (const { state } of Object.values(initial)) if (state._css_url) this.#styles.add(state._css_url);
  }

  attach(kernel) {
    this.#kernel = kernel;
  }

  /** The manager that a widget's module sees. */
  get_model(id) {
    const key = String(id).replace(/^IPY_MODEL_/, "");
    if (!this.#models.has(key)) this.#models.set(key, this.#load(key));
    return this.#models.get(key);
  }

  async #load(id) {
    const given = this.initial[id];
    const state = given ? putBuffers({ ...given.state }, given.buffers.map((b) => b.path), given.buffers.map((b) => fromBase64(b.data))) : await this.#request(id);
    return new WidgetModel(id, state, this.#kernel, this);
  }

  #request(id) {
    if (!this.#requests.has(id)) {
      const request = {};
      request.promise = new Promise((resolve) => (request.resolve = resolve));
      this.#requests.set(id, request);
      this.#kernel.sendComm(id, { method: "request_state" });
    }
    return this.#requests.get(id).promise;
  }

  async receive(id, data, buffers) {
    const request = this.#requests.get(id);
    if (request && data.method === "update") {
      this.#requests.delete(id);
      request.resolve(putBuffers(data.state, data.buffer_paths ?? [], buffers));
      return;
    }
    if (this.#models.has(id)) (await this.#models.get(id)).receive(data, buffers);
  }

  /** After a lost connection: take the kernel's state and tell the modules that the line is up again. */
  async refresh() {
    for (const [id, loading] of [...this.#models]) {
      const model = await loading;
      const { _esm, _css, ...state } = await this.#request(id);
      model.merge(state);
      this.setLive(model, true);
    }
  }

  async allLive(live) {
    for (const loading of this.#models.values()) this.setLive(await loading, live);
  }

  setLive(model, live) {
    if (model.comm_live === live) return;
    model.comm_live = live;
    model.trigger("comm_live_update");
  }

  async render(id, el) {
    const model = await this.get_model(id);
    if (!model.get("_esm_url") && !model.get("_esm")) throw new Error(`Model ${id} has no module`);
    const { definition, experimental } = await this.#bind(model);
    this.#style(model);
    const view = new AbortController();
    return definition.render?.({ model, el, experimental, signal: view.signal });
  }

  #bind(model) {
    if (!this.#bindings.has(model)) this.#bindings.set(model, this.#initialize(model));
    return this.#bindings.get(model);
  }

  async #initialize(model) {
    const module = await this.#module(model);
    const exported = module.default ?? { render: module.render };
    const definition = typeof exported === "function" ? await exported() : exported;
    const experimental = { invoke: (name, message, options) => invoke(model, name, message, options) };
    await definition.initialize?.({ model, experimental, signal: new AbortController().signal });
    return { definition, experimental };
  }

  #module(model) {
    const [url, text] = [model.get("_esm_url"), model.get("_esm")];
    const key = url ?? text;
    if (!this.#modules.has(key)) {
      const address = url ?? URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
      this.#modules.set(key, import(address));
    }
    return this.#modules.get(key);
  }

  #style(model) {
    const [url, text] = [model.get("_css_url"), model.get("_css")];
    const key = url ?? text;
    if (!key || this.#styles.has(key)) return;
    this.#styles.add(key);
    if (url) {
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: url }));
    } else {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    }
  }
}

/** Ask a command of the widget's Python side and wait for its answer, as anywidget's experimental.invoke. */
function invoke(model, name, message, { buffers = [], signal = AbortSignal.timeout(3000) } = {}) {
  const id = randomId();
  return new Promise((resolve, reject) => {
    const stop = () => model.off("msg:custom", listen);
    const listen = (content, received) => {
      if (content?.kind !== "anywidget-command-response" || content.id !== id) return;
      stop();
      resolve([content.response, received]);
    };
    signal.addEventListener("abort", () => {
      stop();
      reject(signal.reason);
    });
    model.on("msg:custom", listen);
    model.send({ id, kind: "anywidget-command", name, msg: message }, undefined, buffers);
  });
}
