// Keys of the quiz; they work while the focus is inside it and never while something is typed.

const QUIZ_KEYS = [
  [tr("1 to 9"), tr("choose an option")],
  [tr("Shift + 1 to 9"), tr("strike an option out, or bring it back")],
  [tr("Enter"), tr("check the answer")],
  [tr("C, then 1 to 3"), tr("say how sure you are")],
  ["F", tr("flag the question")],
  ["N, P", tr("next question, previous question")],
];

function keyHelp() {
  const rows = QUIZ_KEYS.map(([key, words]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, words)));
  return h("details", { class: "bm-quiz-keys" }, h("summary", {}, tr("Keys")), h("dl", {}, rows), h("p", { class: "bm-help" }, tr("They work while the focus is in the questions, not in a box that you type into.")));
}

function isTyping(node) {
  return node.matches("select, textarea, [contenteditable]") || (node.tagName === "INPUT" && !/^(radio|checkbox|button)$/.test(node.type));
}

/** What a key means: {name, n}; null for none. */
function keyMeaning(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return null;
  if (/^[1-9]$/.test(event.key)) return { name: "pick", n: Number(event.key) - 1 };
  const digit = /^Digit([1-9])$/.exec(event.code ?? "");
  if (event.shiftKey) return digit ? { name: "strike", n: Number(digit[1]) - 1 } : null;
  if (event.key === "Enter") return /^(radio|checkbox)$/.test(event.target.type) && event.target.closest("form.bm-quiz-form") ? { name: "check" } : null;
  const name = { c: "sure", f: "flag", n: "next", p: "previous" }[event.key.toLowerCase()];
  return name ? { name } : null;
}

/** actions: pick(n, event), strike(n), check(), sure(), flag(), next(), previous(); each returns whether it did something. */
function listenToKeys(root, actions) {
  root.addEventListener("keydown", (event) => {
    if (event.target.closest("dialog")) return;
    const meaning = keyMeaning(event);
    if (meaning && actions[meaning.name](meaning.n, event) !== false) event.preventDefault();
  });
}
