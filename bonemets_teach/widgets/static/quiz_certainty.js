// How sure a learner is of an answer: asked before it is checked, marked, and looked back on in the summary.

const QUIZ_SURE = [
  { level: 1, words: tr("Not sure"), within: tr("not sure"), right: 1, wrong: 0 },
  { level: 2, words: tr("Fairly sure"), within: tr("fairly sure"), right: 2, wrong: -2 },
  { level: 3, words: tr("Very sure"), within: tr("very sure"), right: 3, wrong: -6 },
];

function markWords(mark) {
  return mark > 0 ? `+${mark}` : String(mark).replace("-", "−");
}

function certaintyTable() {
  const row = (head, name, value) => h("tr", {}, h("th", { scope: "row" }, head), QUIZ_SURE.map((each) => h("td", {}, value(each[name]))));
  return h(
    "table", { class: "bm-sure-table" },
    h("thead", {}, h("tr", {}, h("td", {}), QUIZ_SURE.map((each) => h("th", { scope: "col" }, each.words)))),
    h("tbody", {}, row(tr("If right"), "right", markWords), row(tr("If wrong"), "wrong", markWords)),
  );
}

function certaintyHelp() {
  const why = tr("Say what you believe: that pays best. “Fairly sure” pays from 67 % on, that is when you would be right in two of three such answers; “very sure” pays from 80 %, in four of five. Points are not touched by this.");
  return h("details", { class: "bm-sure-help" }, h("summary", {}, tr("How this is marked")), certaintyTable(), h("p", {}, why));
}

/** Three native radio buttons that may stay empty; changed(level) hears of every choice, null for none. */
function certaintyControl(level, changed) {
  const name = uid("sure");
  const inputs = QUIZ_SURE.map((each) => h("input", { type: "radio", name, value: String(each.level), checked: each.level === level }));
  let now = level ?? null;
  const set = (next) => {
    now = next;
    inputs.forEach((input, n) => (input.checked = QUIZ_SURE[n].level === next));
    changed(next);
  };
  inputs.forEach((input, n) => {
    input.addEventListener("change", () => set(QUIZ_SURE[n].level));
    // A second click takes the choice back: nobody has to say anything.
    input.addEventListener("click", () => { if (now === QUIZ_SURE[n].level) set(null); });
  });
  const rows = QUIZ_SURE.map((each, n) => h("label", { class: "bm-sure" }, inputs[n], h("span", {}, each.words)));
  const legend = h("legend", {}, `${tr("How sure are you?")} `, h("span", { class: "bm-help" }, tr("You may skip this.")));
  const element = h("fieldset", { class: "bm-quiz-sure" }, legend, h("div", { class: "bm-sure-row" }, rows), certaintyHelp());
  return { element, focus: () => (inputs.find((input) => input.checked) ?? inputs[0]).focus(), pick: (n) => { if (QUIZ_SURE[n]) { set(QUIZ_SURE[n].level); inputs[n].focus(); } }, has: (node) => element.contains(node) };
}

/** "You were very sure: +3", for the head of an outcome. */
function sureWords(outcome) {
  const known = QUIZ_SURE.find((each) => each.level === outcome.certainty);
  return known && outcome.mark !== null ? `${known.words}: ${markWords(outcome.mark)}` : "";
}

function calibrationOf(outcomes, each) {
  const given = outcomes.filter((outcome) => outcome.certainty === each.level && outcome.correct !== null);
  return { each, count: given.length, right: given.filter((outcome) => outcome.correct).length };
}

/** What certainty and results say about one another, in sentences; "" without any. */
function calibrationWords(outcomes) {
  const found = QUIZ_SURE.map((each) => calibrationOf(outcomes, each)).filter((group) => group.count).reverse();
  if (!found.length) return "";
  const said = found.map(({ each, count, right }) => `${trn(count, "Of {n} answer you were {sure} of", "Of {n} answers you were {sure} of", { sure: each.within })}, ${trn(right, "{n} was right.", "{n} were right.")}`);
  const [sure] = found.filter(({ each }) => each.level === 3);
  const [unsure] = found.filter(({ each }) => each.level === 1);
  if (sure?.count > 2 && sure.right / sure.count < 0.8) said.push(tr("You are surer than you are right: read those explanations first."));
  else if (unsure?.count > 2 && unsure.right / unsure.count > 0.67) said.push(tr("You know more than you think."));
  const marks = outcomes.filter((outcome) => typeof outcome.mark === "number");
  const sum = marks.reduce((total, outcome) => total + outcome.mark, 0);
  said.push(tr("Certainty marks: {sum} of at most {most}.", { sum: markWords(sum), most: 3 * marks.length }));
  return said.join(" ");
}
