// The overview: what is due, what you know, what keeps going wrong, and the tests before and after each lesson.

const SHOWN = 3;
const LEVELS = ["solid", "fading", "growing", "weak", "early", "none"];

function dueCard(view, start) {
  const { due, again } = view;
  const missed = due.missed ? el("p", {}, `${due.missed === due.count ? "All" : due.missed} of them missed last time.`) : null;
  const more = due.count > due.items.length ? el("p", {}, `The ${due.items.length} that fade first are asked now.`) : null;
  const lessons = el("ul", { class: "bm-plain" }, due.lessons.map((lesson) => el("li", {}, `${lesson.title}: ${lesson.count}`)));
  const next = due.next_at ? `Next: ${count(due.next_count, "question")}, ${dueWords(due.next_at)}.` : "Answer questions in a lesson; they come back here when you are about to forget them.";
  const buttons = el(
    "div", { class: "bm-buttons" },
    due.count ? el("button", { type: "button", class: "bm-main-button", onclick: () => start({ kind: "review", items: due.items }) }, due.items.length === 1 ? "Answer it now" : `Answer ${due.items.length} now`) : null,
    again.length ? el("button", { type: "button", onclick: () => start({ kind: "review", items: again }) }, again.length === 1 ? "Practice the one you missed" : `Practice ${again.length} you missed`) : null,
  );
  const head = el("p", { class: "bm-big" }, el("strong", {}, String(due.count)), due.count === 1 ? " question is due" : " questions are due");
  return card("bm-card-due", "What is due", head, missed, due.count ? lessons : el("p", {}, next), more, buttons, due.count && due.next_at ? el("p", { class: "bm-later" }, next) : null);
}

function knowCard(view) {
  const goals = view.know.flatMap((lesson) => lesson.goals);
  const levels = LEVELS.map((level) => ({ level, goals: goals.filter((goal) => goal.level === level) })).filter((one) => one.goals.length);
  const solid = goals.filter((goal) => goal.level === "solid").length;
  const strip = el("div", { class: "bm-strip", "aria-hidden": "true" }, levels.map((one) => {
    const part = el("span", { "data-level": one.level });
    part.style.flexGrow = String(one.goals.length);
    return part;
  }));
  const legend = el("ul", { class: "bm-plain bm-legend" }, levels.map((one) => el("li", {}, el("span", { class: "bm-swatch", "data-level": one.level, "aria-hidden": "true" }), `${one.goals[0].words}: ${one.goals.length}`)));
  return card("bm-card-know", "What you know", el("p", { class: "bm-big" }, el("strong", {}, String(solid)), ` of ${goals.length} goals solid`), strip, legend, el("p", { class: "bm-later" }, el("a", { href: "#goals" }, "Goal by goal")));
}

function wrongCard(view, base) {
  const place = (one) => el("a", { href: `${base}lesson/${one.lesson}${one.anchor ? `#${one.anchor}` : ""}` }, `Read it in “${one.title}”`);
  const row = (text, words, one) => el("li", {}, text, el("span", { class: "bm-times" }, words, " · ", place(one)));
  const list = (rows) => [
    el("ul", { class: "bm-plain" }, rows.slice(0, SHOWN)),
    rows.length > SHOWN ? el("details", {}, el("summary", {}, `${rows.length - SHOWN} more`), el("ul", { class: "bm-plain" }, rows.slice(SHOWN))) : null,
  ];
  const ideas = view.wrong.ideas.map((one) => row(el("q", {}, one.text), `${one.times} times`, one));
  const items = view.wrong.items.map((one) => row(el("span", {}, one.text), `Missed ${one.times} times`, one));
  const none = view.answered ? "Nothing comes back so far. What you miss twice is listed here." : "What you miss twice is listed here, until you have it right twice in a row.";
  return card(
    "bm-card-wrong", "What keeps going wrong",
    ideas.length ? [el("h3", {}, "Ideas that are not so"), list(ideas)] : null,
    items.length ? [el("h3", {}, "Questions missed more than once"), list(items)] : null,
    ideas.length + items.length ? null : el("p", {}, none),
  );
}

/** The three counts in one line, where the cards stand below one another; each leads to its card. */
function glance(view) {
  const goals = view.know.flatMap((lesson) => lesson.goals);
  const solid = goals.filter((goal) => goal.level === "solid").length;
  const wrong = view.wrong.ideas.length + view.wrong.items.length;
  const cells = [["bm-card-due", view.due.count, "due"], ["bm-card-know", `${solid}/${goals.length}`, "goals solid"], ["bm-card-wrong", wrong, wrong === 1 ? "keeps going wrong" : "keep going wrong"]];
  return el("nav", { class: "bm-glance", "aria-label": "At a glance" }, cells.map(([kind, number, words]) => el("a", { "data-card": kind, href: `#${kind}-title` }, el("strong", {}, String(number)), " ", words)));
}

function card(kind, title, ...content) {
  const id = `${kind}-title`;
  return el("section", { class: `bm-card ${kind}`, "aria-labelledby": id }, el("h2", { id }, title), content);
}

function goalSection(view) {
  const begun = view.know.filter((lesson) => lesson.begun);
  const rest = view.know.filter((lesson) => !lesson.begun);
  const one = (lesson, open) => el("details", { class: "bm-lesson-goals", open }, el("summary", {}, el("span", {}, `${lesson.number}. ${lesson.title}`), el("span", { class: "bm-sum" }, lesson.begun ? `${lesson.solid} of ${lesson.goals.length} solid` : "not begun")), lesson.goals.map(levelBar));
  return el("section", { "aria-labelledby": "goals" }, el("h2", { id: "goals", tabindex: "-1" }, "Goal by goal"), el("p", { class: "bm-explain" }, "The bar counts your last six answers to a goal. A right one counts as much as the chance that you still know it today."), begun.map((lesson, n) => one(lesson, n === 0)), rest.map((lesson) => one(lesson, false)));
}

function testRow(test, start, end) {
  const begin = (kind) => {
    const state = test[kind];
    if (state.done) return el("p", {}, state.right === null ? "Done. The feedback waits for the test after the lesson." : `Done: ${state.right} of ${state.answered} right.`);
    const words = state.answered ? `Go on (${state.left.length} left)` : `Start (${state.left.length})`;
    const name = `${kind === "pre" ? "Test before" : "Test after"} ${test.title}: ${words}`;
    return el("button", { type: "button", "aria-label": name, onclick: () => start({ kind, items: state.left, lesson: test.lesson, title: test.title }) }, words);
  };
  const canEnd = test.pre.answered > 0 && test.pre.right === null;
  return el(
    "li", { class: "bm-test", id: `test-${test.lesson}` }, el("h3", {}, `${test.number}. ${test.title}`),
    el("div", { class: "bm-test-sides" }, el("div", {}, el("h4", {}, "Before"), begin("pre")), el("div", {}, el("h4", {}, "After"), begin("post"))),
    test.gain ? el("p", { class: "bm-gain" }, test.gain) : null,
    el(
      "div", { class: "bm-buttons" },
      test.results.length ? el("button", { type: "button", onclick: () => start({ kind: "results", items: test.results, lesson: test.lesson, title: test.title }) }, "See the feedback") : null,
      canEnd ? el("button", { type: "button", onclick: () => end("pre", test) }, "Show the feedback of the first test now") : null,
      test.post.answered && !test.post.done ? el("button", { type: "button", onclick: () => end("post", test) }, "End the second test") : null,
    ),
  );
}

function testSection(view, start, end) {
  const tests = view.tests.filter((test) => test.pre.asked);
  if (!tests.length) return null;
  const explain = "Five to eight questions on the goals of a lesson before it, as many after it. Neither gives feedback until the second is done. The first counts for nothing else.";
  return el("section", { "aria-labelledby": "tests" }, el("h2", { id: "tests", tabindex: "-1" }, "Before and after a lesson"), el("p", { class: "bm-explain" }, explain), el("ol", { class: "bm-plain bm-tests" }, tests.map((test) => testRow(test, start, end))));
}

function ruleSection(view) {
  const rows = view.ratings.map((one) => el("div", {}, el("dt", {}, one.name), el("dd", {}, upper(`${one.rule}.`))));
  return el(
    "details", { class: "bm-rules" }, el("summary", {}, "How the next date is found"),
    el("p", {}, "Each answer gets one of four ratings. After a question you can change its rating."), el("dl", {}, rows),
    el("p", {}, "A question comes back when the chance that you know it has fallen to 90 %, by the method FSRS-6. A right answer within eight hours of the last one is not counted: you have just read the solution."),
  );
}

/** Everything of the overview; act: start(plan), end(kind, test). */
function overviewElement(view, base, act) {
  const empty = view.answered ? null : el("p", { class: "bm-start-here" }, "You have answered no questions yet. ", el("a", { href: base }, "Choose a lesson"), ", or take the test before one below.");
  return [
    empty ?? glance(view),
    el("div", { class: "bm-cards" }, dueCard(view, act.start), knowCard(view), wrongCard(view, base)),
    goalSection(view), testSection(view, act.start, act.end), ruleSection(view),
  ].filter(Boolean);
}
