// A widget's model with the methods that anywidget promises its modules.
class WidgetModel {
  #listeners = new Map();
  #state;
  #unsaved = new Set();
  #previous = {};

  constructor(id, state, kernel, manager) {
    this.model_id = id;
    this.comm_live = true;
    this.widget_manager = manager;
    this.#state = state;
    this.kernel = kernel;
  }

  get(name) {
    return this.#state[name];
  }

  previous(name) {
    return this.#previous[name];
  }

  set(name, value) {
    const changes = typeof name === "object" ? name : { [name]: value };
    for (const key of this.#change(changes)) this.#unsaved.add(key);
  }

  save_changes(callbacks) {
    if (!this.#unsaved.size) return;
    const changed = Object.fromEntries([...this.#unsaved].map((key) => [key, this.#state[key]]));
    this.#unsaved.clear();
    const { state, paths, buffers } = takeBuffers(changed);
    this.kernel.sendComm(this.model_id, { method: "update", state, buffer_paths: paths }, buffers, callbacks);
  }

  send(content, callbacks, buffers) {
    this.kernel.sendComm(this.model_id, { method: "custom", content }, buffers ?? [], callbacks);
  }

  on(names, callback) {
    for (const name of names.split(/\s+/)) {
      if (!this.#listeners.has(name)) this.#listeners.set(name, []);
      this.#listeners.get(name).push(callback);
    }
    return this;
  }

  once(name, callback) {
    const wrapped = (...values) => {
      this.off(name, wrapped);
      callback(...values);
    };
    return this.on(name, wrapped);
  }

  off(names, callback) {
    const chosen = names ? names.split(/\s+/) : [...this.#listeners.keys()];
    for (const name of chosen) {
      const left = callback ? (this.#listeners.get(name) ?? []).filter((known) => known !== callback) : [];
      this.#listeners.set(name, left);
    }
    return this;
  }

  trigger(name, ...values) {
    for (const callback of [...(this.#listeners.get(name) ?? [])]) {
      try {
        callback(...values);
      } catch (error) {
        console.error(`A widget failed at ${name}`, error);
      }
    }
  }

  /** What the kernel says: an update of the state or a custom message. */
  receive(data, buffers) {
    if (data.method === "update") this.merge(putBuffers(data.state, data.buffer_paths ?? [], buffers));
    else if (data.method === "custom") this.trigger("msg:custom", data.content, buffers);
  }

  /** Take a state as the kernel has it; values that wait to be saved stay as the learner left them. */
  merge(state) {
    this.#change(Object.fromEntries(Object.entries(state).filter(([key]) => !this.#unsaved.has(key))));
  }

  #change(changes) {
    const changed = Object.keys(changes).filter((key) => !isEqual(this.#state[key], changes[key]));
    for (const key of changed) {
      this.#previous[key] = this.#state[key];
      this.#state[key] = changes[key];
    }
    for (const key of changed) this.trigger(`change:${key}`, this, this.#state[key], {});
    if (changed.length) this.trigger("change", this, {});
    return changed;
  }
}
