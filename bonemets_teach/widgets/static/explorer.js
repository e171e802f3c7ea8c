// The explorer: controls on one side, the picture on the other, tasks below. The newest request wins.

/** Control values for this explorer in the page's address: ?remodeling-cycle.growth=0.4 */
function stateInAddress(sceneId) {
  const found = {};
  for (const [key, value] of new URLSearchParams(location.search)) {
    if (key.startsWith(`${sceneId}.`)) found[key.slice(sceneId.length + 1)] = value;
  }
  return found;
}

function linkTo(sceneId, state, defaults) {
  const link = new URL(location.href);
  for (const key of [...link.searchParams.keys()]) if (key.startsWith(`${sceneId}.`)) link.searchParams.delete(key);
  for (const [name, value] of Object.entries(state)) if (value !== defaults[name]) link.searchParams.set(`${sceneId}.${name}`, value);
  link.hash = `explorer-${sceneId}`;
  return link.href;
}

function rememberedState(sceneId) {
  try {
    return JSON.parse(sessionStorage.getItem(`bonemets.state.${sceneId}`) ?? "{}");
  } catch {
    return {};
  }
}

/** Keep the state of the picture on the element and tell the page, so that a question can take it as an answer. */
function showToPage(root, scene, state) {
  root.bonemetsState = { ...state };
  root.dispatchEvent(new CustomEvent("bonemets-state", { bubbles: true, detail: { scene, state: { ...state } } }));
}

function remember(sceneId, state) {
  try {
    sessionStorage.setItem(`bonemets.state.${sceneId}`, JSON.stringify(state));
  } catch {
    // A full or refused storage only costs the state after a reload.
  }
}

/** Send requests one at a time; while one is under way only the newest waits. */
function requestLine(send, busy) {
  let underway = false;
  let waiting = null;
  let timer = 0;
  const next = () => {
    if (underway || !waiting) return;
    const request = waiting;
    waiting = null;
    underway = true;
    timer = setTimeout(() => busy(true), 150);
    send(request);
  };
  return {
    ask(request) {
      waiting = request;
      next();
    },
    answered() {
      underway = false;
      clearTimeout(timer);
      if (!waiting) busy(false);
      next();
    },
  };
}

function linkButton(sceneId, current, defaults, say) {
  const field = h("input", { type: "text", readonly: true, class: "bm-link", "aria-label": tr("Link to this state"), hidden: true });
  const button = h("button", { type: "button", class: "bm-quiet" }, tr("Link to this state"));
  button.addEventListener("click", async () => {
    field.value = linkTo(sceneId, current(), defaults);
    field.hidden = false;
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      say(tr("The link is copied. Whoever opens it sees this state."));
    } catch {
      say(tr("Copy the link from the field. Whoever opens it sees this state."));
    }
  });
  return [button, field];
}

/** In one column a picture of up to three fifths of the screen stays in sight while its controls are worked through. */
function keepInSight(stage) {
  const { offsetHeight } = stage;
  stage.toggleAttribute("data-stays", !stage.dataset.covered && offsetHeight <= 0.6 * window.innerHeight);
  stage.closest(".bm-body").style.setProperty("--bm-stage-height", `${offsetHeight}px`);
}

/** Take the keyboard to where the work is; the page may scroll far from the button that was pressed. */
function goTo(control) {
  control?.focus({ preventScroll: true });
  control?.scrollIntoView({ block: "nearest" });
}

/** Only the page of a lesson has a neighbor that tells of the models; a notebook elsewhere has none. */
function aboutLink(spec) {
  if (!spec.about || document.documentElement.dataset.bmPage !== "lesson") return null;
  return h("a", { href: `../${spec.about}`, target: "_blank", rel: "noopener", "aria-label": tr("About this model: {title} (opens in a new tab)", { title: spec.title }) }, tr("About this model"));
}

function renderExplorer({ model, el }, makeView) {
  const spec = model.get("spec");
  const view = makeView(spec);
  // In a scene that has no translation the page's own words stay in the page's language.
  const inPage = inLanguage(spec.language).lang && pageLanguage();
  let state = { ...spec.defaults };
  let activeTask = null;
  let covered = false;
  let seq = 0;

  const words = h("p", { class: "bm-describe", "aria-live": "polite", id: uid("describe") });
  const speak = debounce(250, (text) => (words.textContent = text));
  const notes = h("p", { class: "bm-banner", role: "status" });
  const cue = progressCue();
  const cover = h("div", { class: "bm-cover", hidden: true });
  const stage = h("div", { class: "bm-stage" }, view.element, cover, cue.element);
  // The list of tasks keeps what came of a prediction, and speaks it; here it is seen beside the picture.
  const outcome = h("p", { class: "bm-outcome", hidden: true });
  const figure = h("div", { class: "bm-figure" }, stage, outcome, view.tools ?? null, words);
  view.describedBy(words.id);

  const line = requestLine(
    (request) => model.send({ type: "draw", seq: (seq += 1), task: activeTask?.id ?? null, look: view.look(), ...request }),
    (busy) => {
      cue.show(busy);
      stage.setAttribute("aria-busy", String(busy));
    },
  );
  const set = (name, value) => {
    state = { ...state, [name]: value };
    markPreset(null);
    line.ask({ state });
  };
  const controls = spec.controls.map((control) => [control.name, makeControl(control, (value) => set(control.name, value))]);
  const showState = () => controls.forEach(([name, control]) => control.show(state[name]));

  const presets = spec.presets.map((preset) => {
    const button = h("button", { type: "button", "aria-pressed": "false", title: preset.help || undefined });
    button.textContent = preset.label;
    button.addEventListener("click", () => {
      uncover();
      state = { ...spec.defaults, ...preset.state };
      markPreset(preset.id);
      line.ask({ state });
    });
    return [preset.id, button];
  });
  const markPreset = (id) => presets.forEach(([key, button]) => button.setAttribute("aria-pressed", String(key === id)));

  const presetOf = (shown) => spec.presets.find((preset) => Object.entries({ ...spec.defaults, ...preset.state }).every(([name, value]) => shown[name] === value))?.id ?? null;

  const uncover = () => {
    outcome.hidden = true;
    if (!covered) return;
    covered = false;
    cover.hidden = true;
    cover.replaceChildren();
    stage.removeAttribute("data-covered");
    keepInSight(stage);
    work.forEach((part) => (part.inert = false));
    words.hidden = false;
  };
  const coverWith = (task) => {
    covered = true;
    const prediction = predictionForm(task, (choice) => model.send({ type: "predict", task: task.id, choice }));
    cover.replaceChildren(prediction.form);
    cover.hidden = false;
    stage.dataset.covered = "yes";
    keepInSight(stage);
    work.forEach((part) => (part.inert = true));
    words.hidden = true;
    prediction.focus();
  };
  const tasks = makeTasks(spec.tasks, inPage, (task) => {
    uncover();
    activeTask = task;
    tasks.activate(task.id);
    state = { ...spec.defaults, ...task.state };
    markPreset(null);
    if (task.prompt) coverWith(task);
    else goTo(form.querySelector("input:not([type=number]), select")); // a number would call up the keyboard of a phone
    line.ask({ state });
    stage.scrollIntoView({ block: "nearest" });
  });

  const reset = h("button", { type: "button", class: "bm-quiet", onclick: () => { uncover(); state = { ...spec.defaults }; markPreset(null); line.ask({ state }); } }, tr("Reset"));
  const link = document.documentElement.dataset.bmPage ? linkButton(spec.id, () => state, spec.defaults, (text) => announce(notes, text)) : [];
  const form = h("form", { class: "bm-controls", "aria-label": tr("Controls: {title}", { title: spec.title }), onsubmit: (event) => event.preventDefault() }, controls.map(([, control]) => control.element), h("div", { class: "bm-actions", lang: inPage }, reset, link));

  const work = [form, view.tools].filter(Boolean);

  const root = h(
    "section",
    { class: `bm-widget bm-explorer bm-explorer-${spec.view}`, id: `explorer-${spec.id}`, ...inLanguage(spec.language), "aria-label": tr("Explorer: {title}", { title: spec.title }) },
    h("header", { class: "bm-explorer-head" }, h("h3", {}, spec.title, " ", languageMark(spec.language)), h("p", {}, spec.summary)),
    presets.length ? h("div", { class: "bm-presets", role: "group", "aria-label": tr("Presets") }, h("span", { class: "bm-help", "aria-hidden": "true", lang: inPage }, tr("Presets")), presets.map(([, button]) => button)) : null,
    notes,
    h("div", { class: "bm-body" }, figure, form),
    spec.tasks.length ? tasks.element : null,
    h("p", { class: "bm-small", lang: inPage }, `${tr("A teaching model. Not for clinical use.")} `, aboutLink(spec)),
  );

  const onFrame = async (message, buffers) => {
    // A newer request may be waiting; the controls then already show it.
    const newest = message.seq === seq;
    await view.show(message, buffers);
    if (newest) {
      state = message.state;
      showState();
      showToPage(root, spec.id, state);
      if (message.notes.length) announce(notes, message.notes.join(" "));
      else notes.textContent = "";
      remember(spec.id, state);
      // The first words come with the first picture, so that nothing below moves later.
      if (words.textContent) speak(message.text);
      else words.textContent = message.text;
      markPreset(presetOf(state));
    }
    if (message.done) tasks.finish(message.task, message.success);
    root.dataset.seq = message.seq;
    line.answered();
  };
  const onMessage = (message, buffers) => {
    if (message.type === "frame") onFrame(message, buffers);
    else if (message.type === "progress") cue.advance(message);
    else if (message.type === "problem") {
      announce(notes, message.text);
      line.answered();
    } else if (message.type === "revealed") {
      uncover();
      tasks.finish(message.task, message.text);
      outcome.textContent = message.text;
      outcome.hidden = false;
      words.setAttribute("tabindex", "-1");
      words.focus({ preventScroll: true });
      // In one column the words stand below the controls; what the learner waits for is the picture.
      for (const part of [words, outcome, stage]) part.scrollIntoView({ block: "nearest" });
    }
  };
  model.on("msg:custom", onMessage);
  el.append(root);
  line.ask({ state: { ...rememberedState(spec.id), ...stateInAddress(spec.id) } });

  const redraw = debounce(120, () => line.ask({ state }));
  const stopTheme = onThemeChange(redraw);
  const watcher = new ResizeObserver(() => {
    if (view.lookChanged()) redraw();
    keepInSight(stage);
  });
  watcher.observe(stage);
  return () => {
    watcher.disconnect();
    stopTheme();
    model.off("msg:custom", onMessage);
  };
}
