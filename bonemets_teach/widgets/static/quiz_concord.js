// Script concordance: how each finding changes a thought, and how a panel of experts answered.

function signed(value) {
  return value > 0 ? `+${value}` : String(value).replace("-", "−");
}

function thoughtWords(view, row) {
  const [if_, then, becomes] = view.heads;
  return [h("span", {}, `${if_} `), withHtml("strong", {}, row.html), h("span", {}, `, ${then} `), withHtml("strong", {}, row.info), h("span", {}, `, ${becomes}…`)];
}

function concordControl(view, draft, changed) {
  const given = { ...(draft ?? {}) };
  const groups = view.rows.map((row) => {
    const name = uid("row");
    const inputs = view.scale.map((step) => h("input", { type: "radio", name, value: String(step.value), checked: given[row.id] === step.value }));
    inputs.forEach((input) =>
      input.addEventListener("change", () => {
        given[row.id] = Number(input.value);
        changed({ ...given });
      }),
    );
    const labels = view.scale.map((step, n) => h("label", { class: "bm-choice bm-concord-choice" }, inputs[n], h("span", { class: "bm-choice-text" }, h("b", {}, signed(step.value)), ` ${step.text}`)));
    return { id: row.id, inputs, element: h("fieldset", { class: "bm-concord-row" }, h("legend", {}, thoughtWords(view, row)), h("div", { class: "bm-concord-scale" }, labels)) };
  });
  const open = () => groups.find((group) => given[group.id] === undefined);
  const pick = (n) => {
    const group = groups.find((each) => each.inputs.includes(document.activeElement));
    const input = group?.inputs[n];
    if (!input) return;
    input.checked = true;
    input.focus();
    input.dispatchEvent(new Event("change"));
  };
  const lead = uid("lead");
  const element = h("div", { class: "bm-quiz-options", role: "group", "aria-labelledby": lead }, h("p", { class: "bm-banner" }, view.banner), withHtml("p", { class: "bm-quiz-ask", id: lead }, view.lead_in), groups.map((group) => group.element));
  return {
    element, response: () => ({ ...given }), pick, missing: tr("Choose a value in every row first."),
    get first() { return (open() ?? groups[0]).inputs[0]; },
    has: () => !open(),
  };
}

function voteTable(view, found) {
  const most = Math.max(...found.votes);
  const head = h("tr", {}, view.scale.map((step) => h("th", { scope: "col" }, signed(step.value))));
  const cells = h("tr", {}, view.scale.map((step, n) => h("td", { dataset: { mode: String(found.votes[n] === most), own: String(step.value === found.given) } }, String(found.votes[n]), step.value === found.given ? h("span", { class: "bm-sr-only" }, ` ${tr("(your answer)")}`) : null)));
  return h("table", { class: "bm-concord-votes" }, h("caption", {}, tr("Votes of the panel")), h("thead", {}, head), h("tbody", {}, cells));
}

function concordOutcome(view, outcome) {
  const asked = new Map(view.rows.map((row) => [row.id, row]));
  const rows = outcome.panel.map((found) => {
    const words = view.scale.find((step) => step.value === found.given).text;
    const voted = found.votes.some((count) => count > 0);
    const share = found.share === null ? (voted ? tr("the panel is split, so this row does not count") : tr("not scored")) : tr("worth {share} of 1", { share: pointWords(found.share) });
    return h("li", { class: "bm-verdict bm-concord-result" }, h("div", {}, h("p", { class: "bm-verdict-option" }, thoughtWords(view, asked.get(found.id))), h("p", { class: "bm-verdict-words" }, tr("You answered {value}, {words}: {share}", { value: signed(found.given), words, share })), voted ? voteTable(view, found) : null, found.html ? withHtml("p", { class: "bm-verdict-why" }, found.html) : null));
  });
  return [h("p", { class: "bm-banner" }, view.banner), h("ul", { class: "bm-verdicts" }, rows)];
}
