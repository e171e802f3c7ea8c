// The parts beside the pictures: who the patient is, which tool the pointer is, which pictures stand side by side, and the start.

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
  const history = h("p", {});
  const labs = h("details", { class: "bm-hint" });
  return {
    element: h("div", { class: "bm-read-patient" }, heading, history, labs),
    show(study) {
      heading.textContent = `Patient ${study.seed}`;
      history.textContent = study.history;
      labs.replaceChildren(h("summary", {}, "Blood tests"), labTable(study.labs));
      labs.open = false;
    },
    focus: () => heading.focus({ preventScroll: true }),
  };
}

/** The card before the first patient: the number makes the patient. */
function startCard(open) {
  const id = uid("seed");
  const number = h("input", { id, type: "number", min: 1, max: 999999, step: 1, value: "1", inputmode: "numeric" });
  const button = h("button", { type: "submit", class: "bm-primary" }, "Open the patient");
  const note = h("p", { class: "bm-help" });
  const submit = (event) => {
    event.preventDefault();
    const seed = Number(number.value);
    if (Number.isInteger(seed) && seed >= 1 && seed <= 999999) open(seed);
    else note.textContent = "A patient's number is a whole number from 1 to 999999.";
  };
  const form = h("form", { class: "bm-read-start", novalidate: true, onsubmit: submit },
    h("div", { class: "bm-read-seed" }, h("label", { for: id, class: "bm-label" }, "Patient number"), number, button), note);
  return {
    element: form,
    suggest(seed, text) {
      number.value = String(seed);
      note.textContent = text;
    },
    busy(on) {
      button.disabled = on;
    },
  };
}

function keptReading() {
  try {
    const kept = JSON.parse(sessionStorage.getItem("bonemets.reading") ?? "null");
    return kept && Number.isInteger(kept.seed) && Array.isArray(kept.marks) ? kept : null;
  } catch {
    return null;
  }
}

function keepReading(reading) {
  try {
    if (reading) sessionStorage.setItem("bonemets.reading", JSON.stringify(reading));
    else sessionStorage.removeItem("bonemets.reading");
  } catch {
    // A full or refused storage only costs the marks after a reload.
  }
}
