// The start: a number and a difficulty make the patient, here or in a link that somebody has sent.

const LARGEST_PATIENT = 999999;
const isPatient = (seed) => Number.isInteger(seed) && seed >= 1 && seed <= LARGEST_PATIENT;

/** The patient of a link, "?patient=7&difficulty=hard"; null without one, and false if the link names none that there is. */
function linkedPatient(difficulties) {
  const asked = new URLSearchParams(location.search);
  if (!asked.has("patient")) return null;
  const seed = Number(asked.get("patient") || NaN);
  const difficulty = asked.get("difficulty") ?? "mixed";
  return isPatient(seed) && difficulties.some(({ value }) => value === difficulty) ? { seed, difficulty } : false;
}

function linkToPatient({ seed, difficulty }) {
  const link = new URL(location.href);
  link.searchParams.set("patient", seed);
  link.searchParams.set("difficulty", difficulty);
  link.hash = "reading-room";
  return link.href;
}

/** A button that copies the link to the open patient, and the field it can be copied from by hand. */
function patientLink(say) {
  const field = h("input", { type: "text", readonly: true, class: "bm-link", "aria-label": "Link to this patient", hidden: true });
  let patient = null;
  const copy = async () => {
    field.value = linkToPatient(patient);
    field.hidden = false;
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      say("The link is copied. Whoever opens it gets this patient.");
    } catch {
      say("Copy the link from the field. Whoever opens it gets this patient.");
    }
  };
  const button = h("button", { type: "button", hidden: true, onclick: copy }, "Link to this patient");
  return {
    parts: [button, field],
    show(shown) {
      patient = shown;
      button.hidden = !shown || !document.documentElement.dataset.bmPage;
      field.hidden = true;
    },
  };
}

/** Number, difficulty and what it means; open(seed, difficulty) makes the patient, the last button is for one that is open. */
function startCard(open, say, files) {
  const [id, choiceId, helpId] = [uid("seed"), uid("difficulty"), uid("difficulty-help")];
  const number = h("input", { id, type: "number", min: 1, max: LARGEST_PATIENT, step: 1, value: "1", inputmode: "numeric" });
  const choice = h("select", { id: choiceId, "aria-describedby": helpId, onchange: () => chosen() });
  const button = h("button", { type: "submit", class: "bm-primary" }, "Open the patient");
  const help = h("p", { class: "bm-help", id: helpId });
  const note = h("p", { class: "bm-help bm-read-note" });
  const link = patientLink(say);
  let [meanings, next, suggested] = [new Map(), {}, "1"];
  const tell = () => (help.textContent = meanings.get(choice.value) ?? "");
  const chosen = () => {
    // A number of the learner's own stays.
    if (number.value === suggested && next[choice.value]) number.value = suggested = String(next[choice.value]);
    tell();
  };
  const submit = (event) => {
    event.preventDefault();
    const seed = Number(number.value);
    if (isPatient(seed)) open(seed, choice.value);
    else note.textContent = `A patient's number is a whole number from 1 to ${LARGEST_PATIENT}.`;
  };
  const form = h("form", { class: "bm-read-start", novalidate: true, onsubmit: submit },
    h("div", { class: "bm-read-seed" }, h("label", { for: id, class: "bm-label" }, "Patient number"), number, h("label", { for: choiceId, class: "bm-label" }, "Difficulty"), choice, button, link.parts, files), help, note);
  return {
    element: form,
    load(difficulties) {
      meanings = new Map(difficulties.map(({ value, label, help: text }) => [value, `${label}: ${text} Some patients have no metastasis.`]));
      choice.replaceChildren(...difficulties.map(({ value, label }) => h("option", { value, selected: value === "mixed" }, label)));
      tell();
    },
    /** Which patient comes next at each difficulty. */
    follow: (seeds) => (next = seeds),
    next: () => ({ seed: next[choice.value] ?? 1, difficulty: choice.value }),
    suggest({ seed, difficulty }, text) {
      number.value = suggested = String(seed);
      choice.value = difficulty;
      note.textContent = text;
      tell();
    },
    shown(patient) {
      link.show(patient);
      files.hidden = !patient;
    },
    busy(on) {
      button.disabled = on;
    },
  };
}

function keptReading() {
  try {
    const kept = JSON.parse(sessionStorage.getItem("bonemets.reading") ?? "null");
    return kept && isPatient(kept.seed) && Array.isArray(kept.marks) ? { difficulty: "mixed", ...kept } : null;
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
