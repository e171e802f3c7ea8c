// Questions that are answered in an explorer of the same page: its state is taken, shown in words, and checked.

function explorerOf(view) {
  return document.getElementById(`explorer-${view.explorer}`);
}

function dropReturnButton() {
  document.querySelectorAll(".bm-quiz-return").forEach((old) => old.remove());
}

/** A button inside the explorer that takes its state back to the question; there is one at a time. */
function returnButton(explorer, take) {
  dropReturnButton();
  const button = h("button", { type: "button", class: "bm-primary", onclick: take }, "Use this state for the question");
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
    state.replaceChildren(h("h5", {}, "The state that will be checked"), settingList(taken), h("p", {}, taken.text));
    state.hidden = false;
  };
  const take = () => {
    const explorer = explorerOf(view);
    if (!explorer?.bonemetsState) {
      announce(said, explorer ? "The explorer has no picture yet. Wait for it, then take its state." : "The explorer of this question is not on this page. Open its lesson and answer there.");
      return;
    }
    said.textContent = "";
    tools.takeState({ ...explorer.bonemetsState });
  };
  const use = h("button", { type: "button", onclick: take }, "Use the explorer’s state");
  const go = h("button", { type: "button", class: "bm-quiet" }, `Go to the explorer “${view.explorer_title}”`);
  go.addEventListener("click", () => {
    const explorer = explorerOf(view);
    if (!explorer) {
      take();
      return;
    }
    returnButton(explorer, () => {
      tools.back();
      take();
    });
    explorer.scrollIntoView({ block: "start" });
    explorer.querySelector(".bm-controls :is(input, select)")?.focus({ preventScroll: true });
  });
  show();
  const lead = withHtml("p", { class: "bm-quiz-ask", id: heading }, view.lead_in);
  const help = h("p", { class: "bm-help" }, "Set the explorer, then take its state as your answer.", view.rule ? ` ${view.rule}` : "");
  const element = h("div", { class: "bm-quiz-options", role: "group", "aria-labelledby": heading }, lead, help, h("div", { class: "bm-quiz-actions" }, go, use), said, state);
  const took = (message) => {
    taken = message;
    show();
    announce(said, `State taken. ${message.text}`);
    changed(message.state);
  };
  const drifted = (now) => {
    if (taken && JSON.stringify(now) !== JSON.stringify(taken.state)) announce(said, "The explorer has changed since. Use its state again if you want the new one.");
  };
  return { element, response: () => taken?.state ?? draft, pick: () => {}, first: use, missing: "Take the explorer’s state first.", has: () => Boolean(taken ?? draft), took, drifted };
}
