// Questions that are answered in an explorer of the same page: its state is taken, shown in words, and checked.

function explorerOf(view) {
  return document.getElementById(`explorer-${view.explorer}`);
}

/** Run once the explorer has its first picture; asks the page to make it, since explorers wait until they come near. */
function whenExplored(view, run) {
  const listen = (event) => {
    if (event.detail?.scene !== view.explorer) return;
    document.removeEventListener("bonemets-state", listen);
    run();
  };
  document.addEventListener("bonemets-state", listen);
  dispatchEvent(new CustomEvent("bonemets-want", { detail: { scene: view.explorer } }));
}

function dropReturnButton() {
  document.querySelectorAll(".bm-quiz-return").forEach((old) => old.remove());
}

/** A button inside the explorer that takes its state back to the question; there is one at a time. */
function returnButton(explorer, take) {
  dropReturnButton();
  const button = h("button", { type: "button", class: "bm-primary", onclick: take }, tr("Use this state for the question"));
  explorer.append(h("p", { class: "bm-quiz-return" }, button));
}

function settingList(taken) {
  return h("dl", { class: "bm-quiz-settings" }, taken.settings.map((each) => h("div", {}, h("dt", {}, each.label), h("dd", {}, each.value))));
}

/** tools: takeState(state) asks the kernel; control.took(message) is called with what it says. */
function taskControl(view, draft, changed, tools) {
  let taken = tools.taken ?? null;
  const heading = uid("task");
  const state = h("div", { class: "bm-quiz-state", hidden: !taken });
  const said = h("p", { class: "bm-help", role: "status" });
  const show = () => {
    if (!taken) return;
    state.replaceChildren(h("h5", {}, tr("The state that will be checked")), settingList(taken), h("p", {}, taken.text));
    state.hidden = false;
  };
  const tell = (text) => {
    said.className = "bm-help";
    announce(said, text);
  };
  const missing = () => tell(tr("The explorer of this question is not on this page. Open its lesson and answer there."));
  const take = () => {
    const explorer = explorerOf(view);
    if (explorer?.bonemetsState) {
      said.textContent = "";
      tools.takeState({ ...explorer.bonemetsState });
    } else if (explorerPlace(view.explorer)) {
      tell(tr("The explorer is being made ready. Set it, then take its state."));
      whenExplored(view, () => tell(tr("The explorer is ready. Set it, then take its state.")));
    } else missing();
  };
  const use = h("button", { type: "button", onclick: take }, tr("Use the explorer’s state"));
  const go = h("button", { type: "button", class: "bm-quiet" }, tr("Go to the explorer “{title}”", { title: view.explorer_title }));
  const open = () => {
    const explorer = explorerOf(view);
    returnButton(explorer, () => {
      tools.back();
      take();
    });
    said.textContent = "";
    explorer.scrollIntoView({ block: "start" });
    // Where a task waits for a prediction, the controls take no focus until it is given.
    const place = explorer.querySelector("[data-covered] .bm-cover-form h4, .bm-controls:not([inert]) :is(input:not([type=number]), select)");
    place?.focus({ preventScroll: true });
    place?.scrollIntoView({ block: "nearest" });
  };
  go.addEventListener("click", () => {
    if (explorerOf(view)?.bonemetsState) open();
    else if (explorerPlace(view.explorer)) {
      tell(tr("The explorer is being made ready…"));
      whenExplored(view, open);
    } else missing();
  });
  show();
  const lead = withHtml("p", { class: "bm-quiz-ask", id: heading }, view.lead_in);
  const help = h("p", { class: "bm-help" }, tr("Set the explorer, then take its state as your answer."), view.rule ? ` ${view.rule}` : "");
  const element = h("div", { class: "bm-quiz-options", role: "group", "aria-labelledby": heading }, lead, help, h("div", { class: "bm-quiz-actions" }, go, use), said, state);
  const took = (message) => {
    taken = message;
    show();
    // The same words stand in the box below, so here they are only spoken.
    said.className = "bm-sr-only";
    announce(said, `${tr("State taken.")} ${message.text}`);
    changed(message.state);
  };
  const drifted = (now) => {
    if (taken && JSON.stringify(now) !== JSON.stringify(taken.state)) tell(tr("The explorer has changed since. Use its state again if you want the new one."));
  };
  return { element, response: () => taken?.state ?? draft, pick: () => {}, first: use, missing: tr("Take the explorer’s state first."), has: () => Boolean(taken ?? draft), took, drifted };
}
