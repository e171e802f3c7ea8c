// The parts beside the pictures: who the patient is, which tool the pointer is, and which pictures stand side by side.

const READING_TOOLS = [
  ["point", "Point", "A click sets the cursor in every picture; dragging with the mouse sets the window."],
  ["window", "Window", "Drag sideways for contrast, up and down for brightness."],
  ["pan", "Move", "Drag the picture; two fingers zoom."],
  ["mark", "Mark", "A click or tap marks a lesion."],
];

/** Radio buttons that choose what the pointer does. */
function toolRow(change) {
  const name = uid("tool");
  const inputs = READING_TOOLS.map(([value, , help], n) => h("input", { type: "radio", name, value, checked: n === 0, title: help, onchange: () => change(value) }));
  const rows = READING_TOOLS.map(([, label, help], n) => h("label", { class: "bm-read-tool", title: help }, inputs[n], h("span", {}, label)));
  return { element: h("fieldset", { class: "bm-read-toolset" }, h("legend", { class: "bm-sr-only" }, "What the pointer does"), rows), value: () => inputs.find((input) => input.checked).value };
}

/** Buttons that put two series side by side. */
function arrangementRow(arrange) {
  const element = h("div", { class: "bm-presets bm-read-arrange", role: "group", "aria-label": "Side by side" });
  return {
    element,
    load(arrangements) {
      const buttons = arrangements.map((pair) => h("button", { type: "button", "aria-pressed": "false", onclick: () => arrange(pair) }, pair.label));
      element.replaceChildren(...buttons);
    },
    press(label) {
      [...element.children].forEach((button) => button.setAttribute("aria-pressed", String(button.textContent === label)));
    },
  };
}

function labTable(labs) {
  const flags = { low: "↓ low", high: "↑ high", normal: "" };
  const rows = labs.map((lab) => h("tr", { dataset: { flag: lab.flag } }, h("th", { scope: "row" }, lab.name), h("td", {}, `${lab.value} ${lab.unit}`), h("td", {}, flags[lab.flag]), h("td", { class: "bm-help" }, `${lab.low} to ${lab.high}`)));
  const head = h("tr", {}, ["Test", "Value", "Flag", "Usual range"].map((text) => h("th", { scope: "col" }, text)));
  return h("table", { class: "bm-read-labs" }, h("caption", { class: "bm-sr-only" }, "Laboratory values"), h("thead", {}, head), h("tbody", {}, rows));
}

/** Who the patient is. */
function patientCard() {
  const heading = h("h4", { tabindex: "-1" });
  const level = h("span", { class: "bm-read-level" });
  const history = h("p", {});
  const labs = h("details", { class: "bm-hint" });
  return {
    element: h("div", { class: "bm-read-patient" }, h("div", {}, heading, level), history, labs),
    show(study) {
      heading.textContent = `Patient ${study.seed}`;
      level.textContent = study.difficulty;
      history.textContent = study.history;
      labs.replaceChildren(h("summary", {}, "Blood tests"), labTable(study.labs));
      labs.open = false;
    },
    focus: () => heading.focus({ preventScroll: true }),
  };
}
