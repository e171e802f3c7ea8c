// The reading room: one patient in every modality, two pictures with one cursor, marks, and then the truth.

const NARROW_PX = 700;

function renderReadingRoom({ model, el }) {
  const live = h("p", { class: "bm-sr-only", "aria-live": "polite" });
  const speak = debounce(200, (text) => announce(live, text));
  const notes = h("p", { class: "bm-banner", role: "status" });
  const keysHelp = h("p", { id: uid("keys") }, READING_KEYS);
  const cue = progressCue();
  const state = readingState(model, { repaint: () => repaint() });
  let active = 1;
  let revealed = false;
  let asked = 0; // the newest patient that was asked for

  const repaint = () => views.forEach((view) => view.refresh());
  const redraw = () => {
    repaint();
    if (state.study && !revealed) keepReading({ seed: state.study.seed, difficulty: state.study.difficulty, marks: marks.all() });
  };
  const tools = toolRow((value) => (root.dataset.tool = value));
  const room = {
    cursor: () => state.cursor,
    moveCursor(mm, from) {
      state.cursor = mm;
      views.forEach((view) => view.follow(mm, from));
    },
    mark(number) {
      const { series, slice } = views[number - 1].view;
      if (!series || revealed) return;
      const mm = state.cursor ?? patientAt(series, slice, (series.rows - 1) / 2, (series.columns - 1) / 2);
      if (!placeIn(series, mm).inside) {
        speak("The cursor lies outside of this picture. Move it first.");
        return;
      }
      room.moveCursor(mm, number);
      marks.add({ position: mm, sight: series.projection ? series.step.map((row) => row[0] / series.gap_mm) : null, series: series.id });
    },
    tool: tools.value,
    say: speak,
    series: (id) => state.series.get(id),
    pixels: state.pixels,
    windowOf: state.windowOf,
    windowRange: (series) => state.windowRange(series),
    setWindow(series, center, width, preset) {
      state.setWindow(series, center, width, preset);
      views.forEach((view) => view.showWindow());
    },
    isInverted: state.isInverted,
    invert(series) {
      state.invert(series);
      views.forEach((view) => view.showWindow());
    },
    overlay: () => ({ cursor: state.cursor, marks: marks.all(), active: marks.active(), shapes: state.shapes, shown: overlayBox.checked }),
    activate: (number) => (active = number),
    opened(series) {
      for (const one of [series.base ?? series, series.over].filter(Boolean)) state.opened.add(one.id);
      coverage.textContent = `${state.opened.size} of ${plural(state.study.series.length, "series", "series")} opened.`;
      arrangements.press("");
    },
  };
  const views = [1, 2].map((number) => makeViewport(number, room));
  views.forEach((view) => view.describedBy(keysHelp.id));

  /** Go to a place: in the pictures that show it, or else in the first of the given series. */
  const goTo = (mm, name, ...wanted) => {
    const fits = ({ view }) => (wanted.length ? wanted.includes(view.series?.id) && !view.series.projection : view.series && placeIn(view.series, mm).inside);
    const better = wanted.find((id) => state.series.has(id));
    // The left picture stays, so that a place is seen beside what the learner has looked at.
    if (better && !visible().some(fits)) visible().at(-1).show(better);
    room.moveCursor(mm, 0);
    visible().forEach((view) => view.view.series && view.goTo(mm));
    visible().at(-1).element.scrollIntoView({ block: "nearest" });
    speak(`Cursor at ${name}.`);
  };
  const visible = () => (root.dataset.narrow ? [views[active - 1]] : views);

  const marks = makeMarks({ say: speak, changed: redraw, goTo, askWhere: (mark) => model.send({ type: "where", seed: state.study.seed, number: mark.number, position: mark.position, sight: mark.sight }) });
  const bones = boneList({
    go: (bone) => goTo(bone.position, bone.name),
    mark(bone) {
      room.moveCursor(bone.position, 0);
      marks.add({ position: bone.position, bone: bone.name }, true);
    },
  });
  const arrangements = arrangementRow((pair) => {
    views[0].show(pair.left);
    views[1].show(pair.right);
    arrangements.press(pair.label);
  });
  const patient = patientCard();
  const career = makeCareer();
  const result = makeResult({ go: (finding) => goTo(finding.position, finding.title, ...finding.series), next: () => openPatient(start.next()) });
  const files = h("button", { type: "button", hidden: true, onclick: () => askFiles() }, "Download as DICOM");
  const start = startCard((seed, difficulty) => openPatient({ seed, difficulty }), (text) => announce(notes, text), files);
  const coverage = h("p", { class: "bm-help" });
  const overlayBox = h("input", { type: "checkbox", checked: true, onchange: () => repaint() });
  const markHere = h("button", { type: "button", onclick: () => room.mark(active) }, "Mark at the cursor");
  const truth = h("button", { type: "button", class: "bm-primary", onclick: () => askTruth() }, "Show the truth");
  const wish = h("p", { class: "bm-read-wish", role: "status" });
  const finish = h("div", { class: "bm-read-finish" }, coverage, wish, truth);

  let warned = "";
  const askTruth = () => {
    const open = marks.firstOpen();
    const key = JSON.stringify(marks.all());
    if (open && warned !== key) {
      warned = key;
      announce(wish, `Mark ${open.number} has no type yet. Choose one, or press again to leave it open.`);
      marks.focus(open);
      return;
    }
    wish.textContent = "";
    truth.disabled = true;
    const sent = marks.all().map(({ number, position, sight, bone, kind, malignant, confidence }) => ({ number, position, sight, bone, kind, malignant, confidence }));
    model.send({ type: "read", seed: state.study.seed, marks: sent });
  };
  const askFiles = () => {
    writing(true);
    notes.textContent = "";
    cue.advance({ fraction: 0, text: "Writing DICOM files…" });
    model.send({ type: "dicom", seed: state.study.seed });
  };
  /** While files are written no other patient can be opened: the kernel does one thing at a time. */
  const writing = (on) => {
    files.disabled = on;
    start.busy(on);
    cue.show(on);
  };
  const openPatient = ({ seed, difficulty }) => {
    asked = seed;
    notes.textContent = "";
    start.busy(true);
    start.shown(null);
    cue.show(true);
    cue.advance({ fraction: 0, text: "Making the patient…" });
    main.hidden = true;
    views.forEach((view) => view.clear());
    state.leave();
    model.send({ type: "patient", seed, difficulty });
    speak(`Examining patient ${seed}.`);
  };

  let linkUsed = false;
  /** A link opens its patient, once: a kernel that comes back must not take the open one away. */
  const openLinked = (patient) => {
    if (linkUsed) return;
    linkUsed = true;
    start.suggest(patient, "The link that you opened chose this patient.");
    openPatient(patient);
  };
  const pictures = ["1", "2"].map((number) => h("button", { type: "button", "aria-pressed": String(number === "1"), onclick: () => showOnly(Number(number)) }, `Picture ${number}`));
  const showOnly = (number) => {
    active = number;
    root.dataset.only = number;
    pictures.forEach((button, n) => button.setAttribute("aria-pressed", String(n + 1 === number)));
    repaint();
  };
  const help = h("details", { class: "bm-hint" }, h("summary", {}, "Mouse, touch and keys"),
    h("p", {}, "Click sets the cursor in all pictures, double-click marks. Dragging sets the window, with Shift it moves the picture. Once a picture is chosen the wheel turns its slices; with Ctrl it zooms. Two fingers zoom and move."), keysHelp);
  const marking = h("div", { class: "bm-read-marking" }, markHere, bones.element);
  const panel = h("aside", { class: "bm-read-panel", "aria-label": "Marks and truth" }, result.element,
    marking, marks.element, finish);
  const main = h("div", { class: "bm-read-main", hidden: true }, patient.element,
    h("div", { class: "bm-read-bar" }, arrangements.element, tools.element, h("label", { class: "bm-read-choice" }, overlayBox, h("span", {}, "Cursor and marks"))),
    h("div", { class: "bm-read-body" },
      h("div", { class: "bm-presets bm-read-switch", role: "group", "aria-label": "Picture shown" }, pictures),
      h("div", { class: "bm-read-views" }, views.map((view) => view.element)), panel), help);
  // Only the page of a lesson has a neighbor that tells of the models.
  const about = document.documentElement.dataset.bmPage === "lesson" ? h("a", { href: "../models", target: "_blank", rel: "noopener", "aria-label": "About the models (opens in a new tab)" }, "About the models") : null;
  const root = h("section", { class: "bm-widget bm-read", id: "reading-room", ...inLanguage("en"), "aria-label": "The reading room", dataset: { tool: "point", only: "1" } },
    h("header", { class: "bm-explorer-head" }, h("h3", {}, "The reading room", " ", languageMark("en")), start.element, h("p", {}, "One invented patient in every examination. Find the lesions, say what they are, then ask for the truth.")),
    notes, h("div", { class: "bm-read-cue" }, cue.element), main, career.element, live,
    h("p", { class: "bm-small" }, "A teaching model. Not for clinical use, and no test of skill. ", about));

  const showStudy = (study) => {
    const list = state.take(study);
    const kept = keptReading();
    revealed = false;
    warned = "";
    result.hide();
    marks.reset(kept?.seed === study.seed && kept.difficulty === study.difficulty ? kept.marks : []);
    views.forEach((view) => view.load(list));
    bones.load(study.bones);
    arrangements.load(study.arrangements);
    patient.show(study);
    [finish.hidden, marking.hidden, truth.disabled] = [false, false, false];
    main.hidden = false;
    start.busy(false);
    cue.show(false);
    const [first] = study.arrangements;
    views[0].show(first.left);
    views[1].show(first.right);
    arrangements.press(first.label);
    start.suggest(study, "");
    start.shown(study);
    root.dataset.patient = study.seed;
    root.scrollIntoView({ block: "start" });
    patient.focus();
    speak(`Patient ${study.seed} is here: ${plural(study.series.length, "series", "series")}. ${study.history}`);
  };
  const showTruth = (message) => {
    revealed = true;
    keepReading(null);
    state.shapes = message.shapes;
    start.follow(message.career.next);
    marks.freeze(message.verdicts);
    [finish.hidden, marking.hidden] = [true, true];
    result.show(message);
    career.show(message.career);
    root.dataset.truth = message.seed;
    repaint();
    speak(message.text);
  };
  const handlers = {
    progress: (message) => message.seq === asked && cue.advance({ ...message, text: files.disabled ? message.text : `Examination: ${message.text}` }),
    study: (message) => message.seed === asked && showStudy(message),
    slices: (message, buffers) => message.seed === state.study?.seed && state.store.receive(message, buffers[0]),
    where: (message) => message.seed === state.study?.seed && marks.named(message.number, message.text),
    truth: (message) => message.seed === state.study?.seed && showTruth(message),
    archive(message, buffers) {
      writing(false);
      if (message.seed !== state.study?.seed) return;
      downloadZip(message.name, buffers[0]);
      speak(`${message.name} is downloaded.`);
    },
    career(message) {
      start.load(message.difficulties);
      start.follow(message.next);
      career.show(message);
      const [kept, linked] = [keptReading(), linkedPatient(message.difficulties)];
      if (linked) openLinked(linked);
      else if (kept) start.suggest(kept, `Kept from before: ${plural(kept.marks.length, "mark")} on patient ${kept.seed}.`);
      else if (linked === false) start.suggest({ seed: message.next.mixed, difficulty: "mixed" }, `The link names no patient: a number runs from 1 to ${LARGEST_PATIENT}, a difficulty is easy, mixed or hard.`);
      else start.suggest({ seed: message.next.mixed, difficulty: "mixed" }, message.patients ? "The next one that you have not read." : "The same number makes the same patient, for everybody.");
      root.dataset.ready = "yes";
    },
    problem(message) {
      announce(notes, message.text);
      writing(false);
      truth.disabled = false;
    },
  };
  const onMessage = (message, buffers) => handlers[message.type]?.(message, buffers);
  const onLive = () => {
    state.store.forgetRequests();
    truth.disabled = false;
    if (files.disabled) writing(false);
    repaint();
  };
  model.on("msg:custom", onMessage);
  model.on("comm_live_update", onLive);
  el.append(root);
  model.send({ type: "learner", secret: learnerSecret() });

  const watcher = new ResizeObserver(([entry]) => {
    const narrow = entry.contentRect.width < NARROW_PX;
    if (narrow) root.dataset.narrow = "yes";
    else delete root.dataset.narrow;
    repaint();
  });
  watcher.observe(root);
  return () => {
    watcher.disconnect();
    model.off("msg:custom", onMessage);
    model.off("comm_live_update", onLive);
  };
}

export default { render: keepingKeys(renderReadingRoom) };
