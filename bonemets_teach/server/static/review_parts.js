// Small parts of the page of reviews: elements, times in words, bars.

/** Make an element; text is always set as text. */
function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A bar with its words beside it; the words say everything that the bar shows. */
function levelBar(goal) {
  const bar = el("span", { class: "bm-level-bar", "data-level": goal.level, "aria-hidden": "true" }, el("span", {}));
  bar.firstChild.style.setProperty("--share", String(goal.share));
  return el("div", { class: "bm-goal" }, el("p", { class: "bm-goal-text" }, goal.text), el("div", { class: "bm-goal-level" }, bar, el("strong", {}, goal.words)), el("p", { class: "bm-goal-why" }, goal.sentence));
}

/** How the last answer counts and when its question comes back, with buttons to say otherwise. */
class RatingPanel {
  constructor(address, say) {
    Object.assign(this, { address, say });
    this.words = el("p", { role: "status" });
    this.buttons = el("div", { class: "bm-rating-buttons", role: "group", "aria-label": "How well did you know it?" });
    this.element = el("div", { class: "bm-rating", hidden: true }, this.words, this.buttons);
  }

  show(card) {
    const chosen = card.choices.find((one) => one.rating === card.rating);
    const counts = chosen ? `counts as ${chosen.name} and comes` : "is not counted, since you have just seen its solution. It comes";
    this.words.textContent = `“${card.title}” ${counts} back ${dueWords(card.due_at)}.`;
    const button = (one) => el("button", { type: "button", "data-rating": one.rating, "aria-pressed": String(one.rating === card.rating), onclick: () => this.rate(card, one.rating) }, el("span", {}, one.name), el("small", {}, dueWords(one.due_at)));
    this.buttons.replaceChildren(...card.choices.map(button));
    this.element.hidden = false;
  }

  async rate(card, rating) {
    try {
      const body = JSON.stringify({ item_id: card.item_id, attempt_id: card.attempt_id, rating });
      const changed = await (await askAsLearner(this.address, { method: "POST", body })).json();
      this.show(changed);
      this.buttons.querySelector(`[data-rating="${rating}"]`)?.focus();
      this.say(changed.saved ? "" : "This rating could not be saved. It holds until the server is started again.");
    } catch (error) {
      this.say(error.message);
    }
  }
}
