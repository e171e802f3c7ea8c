// The tasks of an explorer: start one, predict before the picture is uncovered, see when it is done.

/** The question that covers the picture until the learner has chosen. */
function predictionForm(task, choose) {
  const name = uid("guess");
  const inputs = task.options.map((_, n) => h("input", { type: "radio", name, value: String(n) }));
  const rows = task.options.map((text, n) => h("label", { class: "bm-option" }, inputs[n], h("span", {}, text)));
  const wish = h("p", { class: "bm-help", role: "status" });
  const submit = (event) => {
    event.preventDefault();
    const chosen = inputs.findIndex((input) => input.checked);
    if (chosen < 0) announce(wish, tr("Choose an answer first. A wrong guess teaches as much as a right one."));
    else choose(chosen);
  };
  const heading = h("h4", { tabindex: "-1" }, tr("Predict first"));
  const form = h("form", { class: "bm-cover-form", onsubmit: submit }, heading, h("fieldset", {}, h("legend", {}, task.prompt), h("div", { class: "bm-options" }, rows)), wish, h("button", { type: "submit", class: "bm-primary" }, tr("Show the picture")));
  return { form, focus: () => heading.focus({ preventScroll: false }) };
}

function taskCard(task, number, lang, start) {
  const state = h("span", { class: "bm-task-state" });
  const words = h("p", { class: "bm-task-outcome", role: "status" });
  const button = h("button", { type: "button", lang, onclick: () => start(task) }, tr("Start task {number}", { number }));
  const hint = task.hint ? h("details", { class: "bm-hint" }, h("summary", { lang }, tr("Hint")), h("p", {}, task.hint)) : null;
  const element = h("li", { class: "bm-task" }, h("div", { class: "bm-task-head", lang }, h("h4", {}, tr("Task {number}", { number })), state), h("p", {}, task.text), h("div", { class: "bm-task-actions" }, button, hint), words);
  return { element, state, words, button, number };
}

/**
 * The list of tasks. start(task) is called when one begins; lang marks the page's own words beside tasks in another language.
 * Returns the element and what the explorer tells it: active, finished, missed.
 */
function makeTasks(tasks, lang, start) {
  const cards = new Map(tasks.map((task, n) => [task.id, taskCard(task, n + 1, lang, start)]));
  const done = new Set();
  const count = h("span", { class: "bm-help" });
  const tally = () => (count.textContent = tr("{done} of {all} done", { done: done.size, all: tasks.length }));
  const element = h("div", { class: "bm-tasks" }, h("div", { class: "bm-row", lang }, h("h4", {}, tr("Tasks")), count), h("ol", {}, [...cards.values()].map((card) => card.element)));
  tally();
  return {
    element,
    activate(id) {
      for (const [key, card] of cards) {
        card.element.toggleAttribute("data-active", key === id);
        if (!done.has(key)) card.state.textContent = key === id ? tr("In progress") : "";
      }
    },
    finish(id, words) {
      const card = cards.get(id);
      if (!card) return;
      const news = !done.has(id);
      done.add(id);
      card.state.textContent = tr("✓ Done");
      card.element.dataset.done = "yes";
      card.button.textContent = tr("Do task {number} again", { number: card.number });
      if (news || card.words.textContent !== words) announce(card.words, words);
      tally();
    },
  };
}
