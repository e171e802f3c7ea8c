// The learner's marks: a list with type, nature and certainty of each; and marking from a list of bones.

const MARK_KINDS = [["lytic", "Lytic"], ["blastic", "Blastic"], ["mixed", "Mixed"]];
const MARK_NATURES = [["yes", "Metastasis"], ["no", "Benign"]];
const MARK_CERTAINTY = ["1: a guess", "2: doubtful", "3: even", "4: likely", "5: certain"];
const MOST_MARKS = 40;

function radioRow(legend, options, chosen, change) {
  const name = uid("mark");
  const rows = options.map(([value, label]) => h("label", { class: "bm-read-choice" }, h("input", { type: "radio", name, value, checked: value === chosen, onchange: () => change(value) }), h("span", {}, label)));
  return h("fieldset", {}, h("legend", {}, legend), h("div", { class: "bm-read-choices" }, rows));
}

function markWords(mark) {
  const nature = mark.malignant ? "metastasis" : "benign";
  return [mark.where || "place", mark.kind ?? "type open", nature, `sure ${mark.confidence}`].join(" · ");
}

/** One mark: a line that opens to its three questions. */
function markCard(mark, on) {
  const words = h("span", { class: "bm-read-words" });
  const verdict = h("span", { class: "bm-read-verdict" });
  const certainty = uid("sure");
  const select = h("select", { id: certainty, onchange: () => set({ confidence: Number(select.value) }) }, MARK_CERTAINTY.map((label, n) => h("option", { value: n + 1, selected: n + 1 === mark.confidence }, label)));
  const tell = () => (words.textContent = markWords(mark));
  const set = (change) => {
    Object.assign(mark, change);
    tell();
    on.changed();
  };
  const fields = h("fieldset", { class: "bm-read-fields", "aria-label": `Mark ${mark.number}` },
    radioRow("Nature", MARK_NATURES, mark.malignant ? "yes" : "no", (value) => set({ malignant: value === "yes" })),
    radioRow("Type", MARK_KINDS, mark.kind, (value) => set({ kind: value })),
    h("div", { class: "bm-row" }, h("label", { for: certainty, class: "bm-label" }, "How sure?"), select));
  const buttons = h("div", { class: "bm-actions" },
    h("button", { type: "button", onclick: () => on.go(mark) }, "Go there", h("span", { class: "bm-sr-only" }, `, mark ${mark.number}`)),
    h("button", { type: "button", onclick: () => on.remove(mark) }, "Remove", h("span", { class: "bm-sr-only" }, ` mark ${mark.number}`)));
  const details = h("details", { class: "bm-read-mark", ontoggle: () => details.open && on.opened(mark) },
    h("summary", {}, h("span", { class: "bm-read-number", "aria-hidden": "true" }, String(mark.number)), h("span", { class: "bm-sr-only" }, `Mark ${mark.number}: `), words, verdict), fields, buttons);
  tell();
  return { element: h("li", {}, details), details, fields, tell, verdict, first: fields.querySelector("input") };
}

/** Marks of one patient. room: say, changed, goTo, askWhere. */
function makeMarks(room) {
  let marks = [];
  let active = 0;
  let frozen = false;
  const cards = new Map();
  const list = h("ol", { class: "bm-read-list" });
  const none = h("p", { class: "bm-help" }, "No marks yet. No mark at all is an answer, too: no lesion.");
  const heading = h("h4", { tabindex: "-1" }, "Your marks");
  const element = h("div", { class: "bm-read-marks" }, heading, none, list);

  const tally = () => {
    none.hidden = marks.length > 0;
    heading.textContent = marks.length ? `Your marks (${marks.length})` : "Your marks";
  };
  const activate = (mark) => {
    active = mark?.number ?? 0;
    for (const [number, card] of cards) if (number !== active) card.details.open = false;
    room.changed();
  };
  const put = (mark) => {
    const card = markCard(mark, {
      changed: room.changed,
      go: (one) => room.goTo(one.position, `mark ${one.number}`, one.series),
      remove,
      opened: activate,
    });
    cards.set(mark.number, card);
    list.append(card.element);
    return card;
  };
  const remove = (mark) => {
    marks = marks.filter((one) => one !== mark);
    cards.get(mark.number).element.remove();
    cards.delete(mark.number);
    tally();
    heading.focus({ preventScroll: true });
    room.say(`Mark ${mark.number} removed. ${marks.length} left.`);
    room.changed();
  };
  return {
    element,
    all: () => marks,
    active: () => active,
    add({ position, sight = null, bone = null, series = "" }, byList = false) {
      if (frozen) return null;
      if (marks.length >= MOST_MARKS) {
        room.say(`There is room for ${MOST_MARKS} marks. Remove one first.`);
        return null;
      }
      const number = Math.max(0, ...marks.map((mark) => mark.number)) + 1;
      const mark = { number, position, sight, bone, series, where: bone ?? "", kind: null, malignant: true, confidence: 3 };
      marks.push(mark);
      const card = put(mark);
      tally();
      activate(mark);
      card.details.open = true;
      if (byList) card.first.focus();
      if (!bone) room.askWhere(mark);
      room.say(`Mark ${number} added${bone ? ` at ${bone}` : ""}. Say what it is in the list of marks.`);
      return mark;
    },
    /** The kernel has said which bone is near a mark. */
    named(number, where) {
      const mark = marks.find((one) => one.number === number);
      if (!mark) return;
      mark.where = where;
      cards.get(number).tell();
      room.changed();
    },
    firstOpen: () => marks.find((mark) => !mark.kind) ?? null,
    focus(mark) {
      const { details, fields } = cards.get(mark.number);
      details.open = true;
      fields.querySelector("input:not(:checked)").focus();
    },
    /** After the truth nothing changes any more; each mark tells how it was counted. */
    freeze(verdicts) {
      frozen = true;
      for (const mark of marks) {
        const card = cards.get(mark.number);
        card.details.open = false;
        card.fields.disabled = true;
        card.verdict.textContent = verdicts[mark.number] ?? "";
        card.element.querySelectorAll(".bm-actions button")[1].hidden = true;
      }
    },
    reset(kept = []) {
      frozen = false;
      active = 0;
      cards.clear();
      list.replaceChildren();
      marks = kept;
      marks.forEach(put);
      tally();
    },
  };
}

/** Choose a bone instead of pointing: go there, or mark it. */
function boneList(on) {
  const id = uid("bone");
  const select = h("select", { id });
  let places = new Map();
  const chosen = () => places.get(select.value);
  const element = h("details", { class: "bm-read-bones" }, h("summary", {}, "Mark from the list of bones"),
    h("div", { class: "bm-control" }, h("label", { for: id, class: "bm-label" }, "Bone or level"), select),
    h("div", { class: "bm-actions" },
      h("button", { type: "button", onclick: () => chosen() && on.go(chosen()) }, "Go there", h("span", { class: "bm-sr-only" }, ", chosen bone")),
      h("button", { type: "button", onclick: () => chosen() && on.mark(chosen()) }, "Mark this bone")));
  return {
    element,
    load(groups) {
      places = new Map(groups.flatMap((group) => group.bones.map((bone) => [bone.name, bone])));
      select.replaceChildren(...groups.map((group) => h("optgroup", { label: group.name }, group.bones.map((bone) => h("option", { value: bone.name }, bone.name)))));
    },
  };
}
