// Questions of several rows: one list of answers for several cases, and steps to bring into order.

/** A native list for each case, all with the same answers. */
function matchingControl(view, draft, changed) {
  const given = { ...(draft ?? {}) };
  const rows = view.rows.map((row, n) => {
    const id = uid("case");
    const empty = h("option", { value: "" }, tr("Choose…"));
    const select = h("select", { id, class: "bm-quiz-select", ...inLanguage(quizLanguage) }, empty, view.choices.map((choice) => h("option", { value: choice.id }, choice.text)));
    select.value = given[row.id] ?? "";
    select.addEventListener("change", () => {
      if (select.value) given[row.id] = select.value;
      else delete given[row.id];
      changed({ ...given });
    });
    const label = h("label", { for: id, class: "bm-quiz-case" }, h("span", { class: "bm-quiz-case-number", "aria-hidden": "true" }, `${n + 1}.`), withHtml("span", {}, row.html));
    return { select, element: h("div", { class: "bm-quiz-case-row" }, label, select) };
  });
  const legend = withHtml("legend", { class: "bm-quiz-ask" }, view.lead_in);
  const element = h("fieldset", { class: "bm-quiz-options" }, legend, h("p", { class: "bm-help", ...inLanguage(view.lang) }, view.rule), rows.map((row) => row.element));
  const open = () => rows.find((row) => !row.select.value);
  return {
    element, response: () => ({ ...given }), pick: () => {}, missing: tr("Choose an answer for every case first."),
    get first() { return (open() ?? rows[0]).select; },
    has: () => !open(),
  };
}

function orderRow(step, place, count, move) {
  const id = uid("step");
  const select = h("select", { "aria-label": tr("Place of: {step}", { step: step.text }) }, Array.from({ length: count }, (_, n) => h("option", { value: String(n) }, String(n + 1))));
  select.value = String(place);
  select.addEventListener("change", () => move(place, Number(select.value), "select"));
  const button = (sign, words, to, kind) => {
    const off = to < 0 || to >= count;
    return h("button", { type: "button", class: "bm-quiz-move", dataset: { kind }, "aria-label": words, "aria-disabled": off ? "true" : undefined, onclick: () => { if (!off) move(place, to, kind); } }, h("span", { "aria-hidden": "true" }, sign));
  };
  const tools = h("div", { class: "bm-quiz-tools" }, select, button("↑", tr("Move up: {step}", { step: step.text }), place - 1, "up"), button("↓", tr("Move down: {step}", { step: step.text }), place + 1, "down"));
  return h("li", { class: "bm-quiz-step", dataset: { step: step.id } }, withHtml("span", { class: "bm-quiz-step-text", id }, step.html), tools);
}

/** Steps in a list; buttons and a list of places move them, no dragging. */
function sequenceControl(view, draft, changed) {
  const steps = new Map(view.steps.map((step) => [step.id, step]));
  let order = Array.isArray(draft) && draft.length === steps.size ? [...draft] : [...steps.keys()];
  const list = h("ol", { class: "bm-quiz-order" });
  const spoken = h("p", { class: "bm-sr-only", role: "status" });
  const draw = () => list.replaceChildren(...order.map((id, place) => orderRow(steps.get(id), place, order.length, move)));
  const move = (from, to, kind) => {
    const [id] = order.splice(from, 1);
    order.splice(to, 0, id);
    draw();
    const row = list.children[to];
    row.querySelector(kind === "select" ? "select" : `[data-kind="${kind}"]`).focus();
    announce(spoken, tr("{step}: now place {place} of {all}.", { step: steps.get(id).text, place: to + 1, all: order.length }));
    changed([...order]);
  };
  draw();
  const legend = withHtml("legend", { class: "bm-quiz-ask" }, view.lead_in);
  const end = (text, place) => h("p", { class: "bm-quiz-end" }, h("span", { "aria-hidden": "true" }, place === "first" ? "⤒ " : "⤓ "), text);
  const help = h("p", { class: "bm-help" }, tr("Move each step with its arrows, or choose its place."), view.rule ? ` ${view.rule}` : "");
  const element = h("fieldset", { class: "bm-quiz-options" }, legend, help, end(view.ends[0], "first"), list, end(view.ends[1], "last"), spoken);
  return { element, response: () => [...order], pick: () => {}, get first() { return list.querySelector("select"); }, missing: "", has: () => true };
}

/** Verdicts for cases, steps or checks: what was given, what is right, why. */
function rowVerdicts(view, outcome) {
  const asked = new Map((view.rows ?? view.steps ?? []).map((row) => [row.id, row.html]));
  const order = view.rows ? view.rows.map((row) => row.id) : outcome.rows.map((row) => row.id);
  const found = new Map(outcome.rows.map((row) => [row.id, row]));
  const rows = order.map((id) => found.get(id)).map((row) =>
    h(
      "li", { class: "bm-verdict", dataset: { kind: row.right ? "right" : "wrong" } },
      h("span", { class: "bm-verdict-mark", "aria-hidden": "true" }, row.right ? "✓" : "✕"),
      h("div", {}, withHtml("p", { class: "bm-verdict-option" }, asked.get(row.id) ?? row.text), h("p", { class: "bm-verdict-words" }, rowWords(view, row)), row.html ? withHtml("p", { class: "bm-verdict-why" }, row.html) : null),
    ),
  );
  return h(view.type === "sequence" ? "ol" : "ul", { class: "bm-verdicts" }, rows);
}

function rowWords(view, row) {
  if (view.type === "scene_task") return row.right ? tr("Holds: your state has {given}; needed is {wanted}", row) : tr("Does not hold: your state has {given}; needed is {wanted}", row);
  if (row.right) return tr("You answered {given}, right", row);
  return tr("You answered {given}; right is {wanted}", row);
}
