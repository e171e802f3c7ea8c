// Tells the kernel who is learning, and the learner whether answers are saved and how to go on elsewhere.

function codeDialog() {
  const code = h("output", { class: "bm-code" });
  const close = h("button", { type: "button", class: "bm-primary" }, tr("Close"));
  const title = uid("dialog");
  const dialog = h(
    "dialog", { class: "bm-dialog", "aria-labelledby": title },
    h("h3", { id: title }, tr("Continue on another device")),
    h("p", {}, tr("Open the course there, choose “Use my progress on another device” on the home page and enter:")),
    code,
    h("p", { class: "bm-help" }, tr("Whoever has this code can see and add to your answers. No name is stored with it.")),
    h("div", { class: "bm-actions" }, close),
  );
  close.addEventListener("click", () => dialog.close());
  return { dialog, show: (text) => { code.textContent = text; dialog.showModal(); } };
}

function renderLearner({ model, el }) {
  const banner = h("p", { class: "bm-banner", role: "status" });
  const state = h("span", { class: "bm-learner-state", role: "status" }, tr("Connecting to your progress…"));
  const dialog = codeDialog();
  let code = "";
  const button = h("button", { type: "button", class: "bm-quiet", disabled: true, onclick: () => dialog.show(code) }, tr("Continue on another device"));
  const root = h("div", { class: "bm-widget bm-learner" }, banner, h("div", { class: "bm-row" }, state, button), dialog.dialog);
  // The page of a lesson on our own server serves its figures itself.
  const figures = document.documentElement.dataset.bmPage ? null : mendFigures((name) => model.send({ type: "figure", name }));
  const onMessage = (message, buffers) => {
    if (message.type === "figure") figures?.take(message, buffers[0]);
    if (message.type !== "learner-state") return;
    banner.textContent = message.problem ?? "";
    state.textContent = message.text;
    code = message.code ?? "";
    button.disabled = !code;
    root.dataset.ready = "yes";
  };
  model.on("msg:custom", onMessage);
  el.append(root);
  model.send({ type: "learner", secret: learnerSecret() });
  return () => {
    figures?.stop();
    model.off("msg:custom", onMessage);
  };
}

export default { render: keepingKeys(renderLearner) };
