// A study of the learner's own: opened from files, read in three linked planes.

const VOLUME_KEYS = "Arrow keys move the cross (with Shift ten pixels), Page Up and Page Down change the slice, Home and End go to the first and the last one, plus and minus zoom, 0 shows all, 1 to 4 set the window, B and C change brightness and contrast (with Shift the other way), V says the value.";
const VOLUME_TOOLS = [["point", "Point", "A click sets the cross in all planes; dragging with the mouse sets the window."], ["window", "Window", "Drag sideways for contrast, up and down for brightness."], ["pan", "Move", "Drag the picture; two fingers zoom."]];
const VOLUME_NARROW_PX = 700;

function volumeTools(change) {
  const name = uid("tool");
  const inputs = VOLUME_TOOLS.map(([value, , help], n) => h("input", { type: "radio", name, value, checked: n === 0, title: help, onchange: () => change(value) }));
  const rows = VOLUME_TOOLS.map(([, label, help], n) => h("label", { class: "bm-read-tool", title: help }, inputs[n], h("span", {}, label)));
  return { element: h("fieldset", { class: "bm-read-toolset" }, h("legend", { class: "bm-sr-only" }, "What the pointer does"), rows), value: () => inputs.find((input) => input.checked).value };
}

/** Buttons for the window of all three planes. */
function windowRow(use) {
  const element = h("div", { class: "bm-presets", role: "group", "aria-label": "Window of all planes" });
  return {
    element,
    load(windows) {
      const buttons = windows.map((preset) => h("button", { type: "button", "aria-pressed": "false", onclick: () => use(preset) }, preset.name));
      element.replaceChildren(...buttons);
    },
    press(name) {
      [...element.children].forEach((button) => button.setAttribute("aria-pressed", String(button.textContent === name)));
    },
  };
}

/** Window, cursor and pixels that the three pictures share. */
function volumeState(model, repaint) {
  const state = { number: 0, name: "", series: new Map(), cursor: null, window: null, isInverted: false };
  const store = volumeStore((series, first, count) => model.send({ type: "slices", volume: state.number, series, first, count }), repaint);
  return Object.assign(state, {
    store,
    take(message) {
      const list = message.series.map(prepareSeries);
      const [{ windows, slices, rows, columns }] = list;
      store.clear();
      Object.assign(state, {
        number: message.volume, name: message.name, series: new Map(list.map((series) => [series.id, series])), isInverted: false,
        window: { ...windows[0], preset: windows[0].name },
        cursor: patientAt(list[0], Math.floor((slices - 1) / 2), Math.floor((rows - 1) / 2), Math.floor((columns - 1) / 2)),
      });
      return list;
    },
    leave() {
      store.clear();
      Object.assign(state, { number: 0, name: "", series: new Map(), cursor: null });
    },
    range({ windows }) {
      const low = Math.min(...windows.map(({ center, width }) => center - width));
      return { low, high: Math.max(...windows.map(({ center, width }) => center + width)) };
    },
    setWindow(series, center, width, preset) {
      const { low, high } = this.range(series);
      const span = high - low;
      state.window = { center: within(center, low - span, high + span), width: within(width, span / 1000, span * 2), preset };
    },
  });
}

function renderVolumeViewer({ model, el }) {
  const limits = model.get("limits");
  const live = h("p", { class: "bm-sr-only", "aria-live": "polite" });
  const speak = debounce(200, (text) => announce(live, text));
  const keysHelp = h("p", { id: uid("keys") }, VOLUME_KEYS);
  const repaint = () => views.forEach((view) => view.refresh());
  const state = volumeState(model, repaint);

  const tools = volumeTools((value) => (root.dataset.tool = value));
  const crossBox = h("input", { type: "checkbox", checked: true, onchange: repaint });
  const room = {
    cursor: () => state.cursor,
    moveCursor(mm, from) {
      state.cursor = mm;
      views.forEach((view) => view.follow(mm, from));
    },
    mark() {}, // there is nothing to mark in a study without a truth
    tool: tools.value,
    say: speak,
    series: (id) => state.series.get(id),
    pixels: (series, slice) => state.store.get(series, slice),
    windowOf: () => state.window,
    windowRange: (series) => state.range(series),
    setWindow(series, center, width, preset) {
      state.setWindow(series, center, width, preset);
      views.forEach((view) => view.showWindow());
      windows.press(preset);
    },
    isInverted: () => state.isInverted,
    invert() {
      state.isInverted = !state.isInverted;
      views.forEach((view) => view.showWindow());
    },
    overlay: () => ({ cursor: state.cursor, marks: [], active: null, shapes: [], shown: crossBox.checked }),
    activate() {},
    opened() {},
  };
  const windows = windowRow((preset) => room.setWindow(state.series.get("axial"), preset.center, preset.width, preset.name));
  const views = [1, 2, 3].map((number) => makeViewport(number, room));
  views.forEach((view) => view.describedBy(keysHelp.id));

  const sender = makeSender(model, limits, {
    progress: (arrived, size) => arrived < size
      ? card.busy(arrived / size, `Sending: ${mib(arrived)} of ${mib(size)}`)
      : card.busy(1, "Reading the files…", false),
    failed: (refused) => refuse(refused),
  });
  const refuse = (refused) => {
    sender.done();
    card.refuse(refused, state.number > 0);
  };
  const card = openCard(limits, {
    files(list) {
      const problem = choiceProblem(list, limits);
      if (problem) {
        sender.stop();
        refuse(problem);
        return;
      }
      card.busy(0, `Sending ${list.length === 1 ? pathOf(list[0]) : `${list.length} files`}…`);
      sender.start(list);
    },
    sample() {
      sender.stop();
      card.busy(0, "Computing the sample, some seconds…", false);
      model.send({ type: "sample" });
    },
    cancel() {
      sender.stop();
      card.idle();
      speak("Stopped. Nothing was opened.");
    },
    series(one) {
      card.busy(1, "Reading the series…", false);
      sender.choose(one.uid);
    },
  });

  const heading = h("h4", { tabindex: "-1" });
  const text = h("p", { class: "bm-vol-text" });
  const save = h("button", { type: "button", hidden: true, onclick: () => model.send({ type: "export" }) }, "Download this study as DICOM");
  const leave = h("button", { type: "button", onclick: () => model.send({ type: "close" }) }, "Close the study");
  const planes = ["Axial", "Coronal", "Sagittal"].map((label, n) => h("button", { type: "button", "aria-pressed": String(n === 0), onclick: () => showOnly(n + 1) }, label));
  const showOnly = (number) => {
    root.dataset.only = number;
    planes.forEach((button, n) => button.setAttribute("aria-pressed", String(n + 1 === number)));
    repaint();
  };
  const help = h("details", { class: "bm-hint" }, h("summary", {}, "Mouse, touch and keys"),
    h("p", {}, "Click sets the cross in all planes. Dragging sets the window, with Shift it moves the picture. Once a picture is chosen the wheel turns its slices; with Ctrl it zooms. Two fingers zoom and move."), keysHelp);
  const main = h("div", { class: "bm-vol-main", hidden: true },
    h("div", { class: "bm-vol-about" }, heading, text, h("div", { class: "bm-actions" }, save, leave)),
    h("div", { class: "bm-read-bar" }, windows.element, tools.element, h("label", { class: "bm-read-choice" }, crossBox, h("span", {}, "Cross"))),
    h("div", { class: "bm-presets bm-vol-switch", role: "group", "aria-label": "Plane shown" }, planes),
    h("div", { class: "bm-vol-views" }, views.map((view) => view.element)), help);
  const root = h("section", { class: "bm-widget bm-vol", id: "volume-viewer", ...inLanguage("en"), "aria-label": "Open a study of your own", dataset: { tool: "point", only: "1" } },
    h("header", { class: "bm-explorer-head" }, h("h3", {}, "A study of your own", " ", languageMark("en")),
      h("p", {}, "Files go to the server that runs this course, stay in this session and are gone when you leave the page; nothing is passed on. Names in the files are not read. On a server that you share with others, don't open images of real patients.")),
    card.element, main, live, h("p", { class: "bm-small" }, "A viewer for learning. Not for clinical use."));

  const showVolume = (message) => {
    const list = state.take(message);
    sender.done();
    card.idle();
    heading.textContent = message.name;
    text.textContent = message.text;
    save.hidden = !message.sample;
    main.hidden = false;
    views.forEach((view, n) => {
      view.load(list);
      view.show(list[n].id);
    });
    windows.load(list[0].windows);
    windows.press(state.window.preset);
    root.dataset.volume = message.volume;
    main.scrollIntoView({ block: "start" });
    heading.focus({ preventScroll: true });
    speak(`${message.name} is open. ${message.text}`);
  };
  const handlers = {
    volume: showVolume,
    begun: ({ upload }) => sender.begun(upload),
    got: ({ upload, bytes }) => sender.got(upload, bytes),
    choose: ({ upload, series }) => upload === sender.key() && card.choose(series),
    slices: (message, buffers) => message.volume === state.number && state.store.receive(message, buffers[0]),
    refused(message) {
      if (message.upload && message.upload !== sender.key()) return; // of another page, or long stopped
      if (message.upload || !sender.key()) refuse(message);
      if (message.about === "slices") state.store.forgetRequests();
    },
    archive({ name }, buffers) {
      downloadZip(name, buffers[0]);
      speak(`${name} is downloaded.`);
    },
    closed() {
      state.leave();
      views.forEach((view) => view.clear());
      main.hidden = true;
      card.idle();
      delete root.dataset.volume;
      card.element.querySelector("input").focus();
      speak("The study is closed.");
    },
  };
  const onMessage = (message, buffers) => handlers[message.type]?.(message, buffers);
  const onLive = () => {
    if (model.comm_live === false) return;
    state.store.forgetRequests();
    if (sender.again()) card.busy(0, "The connection was lost; sending again…");
    repaint();
  };
  model.on("msg:custom", onMessage);
  model.on("comm_live_update", onLive);
  el.append(root);
  root.dataset.ready = "yes";
  model.send({ type: "hello" });

  const watcher = new ResizeObserver(([entry]) => {
    if (entry.contentRect.width < VOLUME_NARROW_PX) root.dataset.narrow = "yes";
    else delete root.dataset.narrow;
    repaint();
  });
  watcher.observe(root);
  return () => {
    watcher.disconnect();
    sender.stop();
    model.off("msg:custom", onMessage);
    model.off("comm_live_update", onLive);
  };
}

export default { render: keepingKeys(renderVolumeViewer) };
