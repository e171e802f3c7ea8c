// Answers in a word or two, and polls, which have no right answer.

function wordsControl(view, draft, changed) {
  const id = uid("words");
  const input = h("input", { id, type: "text", maxLength: view.longest, autocomplete: "off", autocapitalize: "off", spellcheck: false, class: "bm-case-words", value: typeof draft === "string" ? draft : "", "aria-describedby": `${id}-help` });
  input.addEventListener("input", () => changed(input.value));
  const element = h("div", { class: "bm-quiz-options" }, withHtml("label", { for: id, class: "bm-quiz-ask" }, view.lead_in), input, h("p", { class: "bm-help", id: `${id}-help` }, tr("One or two words. Capitals, hyphens and accents don’t matter; spelling does.")));
  return { element, response: () => input.value, pick: () => {}, first: input, missing: tr("Write an answer first."), has: () => input.value.trim() !== "" };
}

function wordsOutcome(view, outcome) {
  const rows = [h("dt", {}, tr("Your answer")), h("dd", {}, outcome.response), h("dt", {}, tr("Right answer")), h("dd", {}, outcome.accepted)];
  return [withHtml("p", { class: "bm-quiz-ask" }, view.lead_in), h("div", { class: "bm-quiz-numbers" }, h("dl", {}, rows), withHtml("div", { class: "bm-quiz-text" }, outcome.message))];
}

function pollOutcome(view, outcome) {
  const found = new Map(outcome.options.map((option) => [option.id, option]));
  const rows = view.options.map((option) => {
    const { chosen, html } = found.get(option.id);
    return h("li", { class: "bm-verdict", dataset: { kind: chosen ? "own" : "other" } }, h("span", { class: "bm-verdict-mark", "aria-hidden": "true" }, chosen ? "●" : "○"), h("div", {}, withHtml("p", { class: "bm-verdict-option" }, option.html), chosen ? h("p", { class: "bm-verdict-words" }, tr("Your answer")) : null, html ? withHtml("p", { class: "bm-verdict-why" }, html) : null));
  });
  return [withHtml("p", { class: "bm-quiz-ask" }, view.lead_in), h("ul", { class: "bm-verdicts" }, rows)];
}
