// The page of reviews: reads the overview, runs one quiz at a time, and comes back to the overview.
const main = document.getElementById("main");
const base = main.dataset.base;
const byId = (id) => document.getElementById(id);
const title = byId("bm-review-title");
const state = byId("bm-review-state");
const problem = byId("bm-review-problem");
const overview = byId("bm-review-overview");
const session = byId("bm-review-session");
const NAMES = { review: "Review", pre: "Test before", post: "Test after", results: "Feedback on both tests" };
let running = null;

function say(words) {
  problem.hidden = !words;
  problem.textContent = words ?? "";
}

async function showOverview(words = "", focus = false) {
  stop();
  state.textContent = words || "Reading your answers…";
  let view;
  try {
    view = await (await askAsLearner(`${base}api/review`)).json();
  } catch (error) {
    say(error.message);
    state.textContent = "";
    return null;
  }
  say([view.problem, view.clock].filter(Boolean).join(" "));
  overview.replaceChildren(...overviewElement(view, base, { start, end: endTest }));
  overview.hidden = false;
  session.hidden = true;
  title.textContent = "Review";
  state.textContent = words;
  main.dataset.ready = "overview";
  if (focus) title.focus();
  return view;
}

/** Begin a quiz: plan is {kind, items, lesson, title}. */
async function start(plan) {
  stop();
  say("");
  let player;
  try {
    player = (await import(main.dataset.player)).default;
  } catch {
    say("The questions can't be loaded. Check the connection and reload the page.");
    return;
  }
  overview.hidden = true;
  session.hidden = false;
  state.textContent = "";
  title.textContent = [NAMES[plan.kind], plan.title].filter(Boolean).join(": ");
  const place = el("div", { class: "bm-review-player" });
  const rating = new RatingPanel(`${base}api/review/rate`, say);
  const back = el("button", { type: "button", onclick: () => showOverview("", true) }, "Back to the overview");
  session.replaceChildren(place, rating.element, el("div", { class: "bm-buttons" }, back));
  const model = new ServerModel(`${base}api/review/message`, { kind: plan.kind, items: plan.items }, (reply) => {
    say(reply.problem);
    if (reply.card) rating.show(reply.card);
  });
  running = isTest(plan) ? test(plan, model, player, place) : player.render({ model, el: place });
  main.dataset.ready = "session";
  title.focus();
}

const isTest = (plan) => plan.kind === "pre" || plan.kind === "post";

function test(plan, model, player, place) {
  place.classList.add("bm-review-test");
  const after = plan.kind === "pre" ? "The test is done and kept. Go through the lesson now; the test after it shows what you gained." : "Both tests are done. Your gain and the feedback stand below.";
  const run = new TestRun(model, player, place, async () => {
    await showOverview(after, true);
    document.getElementById(`test-${plan.lesson}`)?.scrollIntoView({ block: "center" });
  });
  return () => run.stop();
}

function stop() {
  running?.();
  running = null;
}

async function endTest(kind, one) {
  try {
    await askAsLearner(`${base}api/review/end`, { method: "POST", body: JSON.stringify({ kind, lesson: one.lesson }) });
    await showOverview("The test is over. Its feedback can be read below.", true);
  } catch (error) {
    say(error.message);
  }
}

/** An address may ask for one thing at once: ?start=due, ?test=pre&lesson=bone-remodeling. */
async function open() {
  const view = await showOverview();
  if (!view) return;
  const asked = new URLSearchParams(location.search);
  const found = view.tests.find((one) => one.lesson === asked.get("lesson"));
  const side = ["pre", "post"].includes(asked.get("test")) ? found?.[asked.get("test")] : null;
  if (asked.get("start") === "due" && view.due.count) await start({ kind: "review", items: view.due.items });
  else if (side?.left.length) await start({ kind: asked.get("test"), items: side.left, lesson: asked.get("lesson"), title: found.title });
  else if (location.hash) byId(location.hash.slice(1))?.scrollIntoView();
}

addEventListener("pageshow", (event) => event.persisted && !running && showOverview());
open();
