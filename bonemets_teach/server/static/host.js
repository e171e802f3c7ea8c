// The lesson page: connects to the kernel, renders widgets when they come near, says what happens to the connection.
const page = JSON.parse(document.getElementById("bm-page").textContent);
const slots = [...document.querySelectorAll(".bm-slot")];
const placeKey = `bonemets.place.${page.lesson}`;

const ENDED = {
  idle: tr("This lesson rested for a long time, so its simulator was switched off."),
  old: tr("This lesson was open for many hours, so its simulator was switched off."),
  full: tr("You were away while others needed the room, so the simulator was switched off."),
  died: tr("The simulator of this lesson has stopped."),
  unclaimed: tr("This lesson took too long to connect, so its simulator was switched off."),
};

const bar = {
  element: document.getElementById("bm-bar"),
  words: document.getElementById("bm-bar-words"),
  again: document.getElementById("bm-bar-again"),
  show(words, kind, canRestart = false) {
    if (this.words.textContent !== words) this.words.textContent = words;
    this.element.dataset.kind = kind;
    this.again.hidden = !canRestart;
    this.element.hidden = false;
  },
  hide() {
    this.element.hidden = true;
    this.words.textContent = "";
  },
};

const widgets = new Widgets(page.models);
let lostTimer = 0;

const kernel = new Kernel(page, {
  open(again) {
    clearTimeout(lostTimer);
    lostTimer = 0;
    if (!again) return;
    bar.hide();
    widgets.refresh();
  },
  message(id, data, buffers) {
    widgets.receive(id, data, buffers);
    if (data.content?.type === "outcome") showProgress();
  },
  lost() {
    widgets.allLive(false);
    lostTimer ||= setTimeout(() => bar.show(tr("The connection is lost. Trying again… Answers you have given are kept."), "lost"), 1200);
  },
  gone(reason) {
    clearTimeout(lostTimer);
    widgets.allLive(false);
    bar.show(`${ENDED[reason] ?? ENDED.died} ${tr("Answers you have given are saved.")}`, "gone", true);
  },
});
widgets.attach(kernel);

async function renderSlot(slot) {
  if (slot.dataset.state) return;
  slot.dataset.state = "rendering";
  try {
    // In the page before it is rendered, so that a widget can measure the room it has.
    const place = slot.appendChild(document.createElement("div"));
    await widgets.render(slot.dataset.model, place);
    slot.querySelector(".bm-loading")?.remove();
    slot.dataset.state = "ready";
    slot.style.minHeight = "";
  } catch (error) {
    console.error("A widget could not be shown", error);
    slot.dataset.state = "failed";
    slot.replaceChildren(Object.assign(document.createElement("p"), { className: "bm-notice", textContent: tr("This part of the lesson could not be shown. Reload the page to try again.") }));
  }
}

// Other explorers wait until they come near.
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      renderSlot(target);
    }
  },
  { rootMargin: "700px 0px" },
);
// Questions and links ask for an explorer by its scene, also before it has come near.
for (const slot of slots) {
  const scene = page.models[slot.dataset.model]?.state?.spec?.id;
  if (scene) slot.dataset.scene = scene;
}
addEventListener("bonemets-want", ({ detail }) => slots.filter((slot) => slot.dataset.scene === detail.scene).forEach(renderSlot));
const isExplorer = (slot) => /^cell-(explorer|view|image)/.test(slot.closest(".bm-cell")?.id ?? "");
// The first explorer is what most people come for: nothing else goes before it.
const [first, ...later] = slots.filter(isExplorer);
const started = first ? renderSlot(first) : Promise.resolve();
for (const slot of later) near.observe(slot);
started.then(() => slots.filter((slot) => !isExplorer(slot)).forEach(renderSlot));
addEventListener("beforeprint", () => slots.forEach(renderSlot));

// -- what the address names --

const sceneAtEnd = () => (location.hash.startsWith("#explorer-") ? location.hash.slice(10) : "");
const slotOf = (scene) => slots.find((slot) => slot.dataset.scene === scene);

/** Say which explorers the address names that are not in this lesson. */
function sayWhatIsMissing() {
  const set = [...new URLSearchParams(location.search).keys()].filter((key) => key.includes(".")).map((key) => key.split(".")[0]);
  const named = new Set([sceneAtEnd(), ...set].filter((scene) => scene && !slotOf(scene)));
  if (!named.size) return;
  const names = [...named].slice(0, 3).map((scene) => `“${scene.slice(0, 40)}”`).join(", ");
  const words = tr("The link names what is not in this lesson: {names}. Look for it in another one.", { names });
  document.querySelector("main .bm-kicker").after(Object.assign(document.createElement("p"), { className: "bm-notice", role: "alert", textContent: words }));
}

/** Bring the explorer at the end of the address into sight; it is drawn late, so the browser does not find it by itself. */
async function followAddress() {
  const slot = slotOf(sceneAtEnd());
  if (!slot) return;
  await started;
  await renderSlot(slot);
  slot.scrollIntoView({ block: "start" });
}

// -- the place on the page survives a new start --

function keepPlace() {
  const heights = slots.map((slot) => slot.offsetHeight);
  try {
    sessionStorage.setItem(placeKey, JSON.stringify({ y: scrollY, heights, width: innerWidth }));
  } catch {
    // Without storage the page starts at the top.
  }
}

function returnToPlace() {
  const reloaded = performance.getEntriesByType("navigation")[0]?.type !== "navigate";
  try {
    const place = JSON.parse(sessionStorage.getItem(placeKey));
    if (!place || !reloaded) return false;
    if (place.width === innerWidth) slots.forEach((slot, index) => (slot.style.minHeight = `${place.heights[index] ?? 0}px`));
    history.scrollRestoration = "manual";
    scrollTo(0, place.y);
    return true;
  } catch {
    return false; // a place that can't be read is no place
  }
}
sayWhatIsMissing();
if (!returnToPlace()) followAddress();
addEventListener("hashchange", followAddress);

bar.again.addEventListener("click", () => {
  keepPlace();
  location.reload();
});

// A wide table scrolls by itself; the browser does not bring a link at its edge into sight.
document.addEventListener("focusin", ({ target }) => {
  if (target.closest(".bm-table")) target.scrollIntoView({ block: "nearest", inline: "center" });
});

// -- end of the page --

addEventListener("pagehide", (event) => {
  keepPlace();
  if (event.persisted) kernel.pause(); // the browser may bring the page back; the server waits a while
  else navigator.sendBeacon(`${page.base}api/lesson/close/${page.kernel}`, page.token);
});
addEventListener("pageshow", (event) => event.persisted && kernel.resume());

// -- progress and contents --

async function showProgress() {
  const line = document.getElementById("bm-progress");
  try {
    const { lessons } = await (await askAsLearner(`${page.base}api/progress`)).json();
    const done = lessons[page.lesson];
    line.textContent = done ? tr("{answered} answered, {right} right", { answered: done.answered, right: done.correct }) : "";
  } catch {
    line.textContent = "";
  }
}
showProgress();
started.then(() => (window.requestIdleCallback ?? setTimeout)(() => showDueLine(page.base, page.lesson)));

const links = new Map([...document.querySelectorAll(".bm-toc a")].map((link) => [link.hash.slice(1), link]));
const reading = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      const link = links.get(target.id);
      if (!link || !isIntersecting) continue;
      for (const other of links.values()) other.removeAttribute("aria-current");
      link.setAttribute("aria-current", "true");
    }
  },
  { rootMargin: "-15% 0px -75% 0px" },
);
for (const id of links.keys()) reading.observe(document.getElementById(id));
