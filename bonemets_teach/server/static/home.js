// The home page: fills in the progress and looks after the learner's own data.
const base = document.getElementById("main").dataset.base;
const byId = (id) => document.getElementById(id);
const own = byId("bm-own-words");

async function showProgress() {
  let progress;
  try {
    progress = await (await askAsLearner(`${base}api/progress`)).json();
  } catch (error) {
    byId("bm-hero-progress").textContent = error.message;
    return;
  }
  let [answered, right] = [0, 0];
  for (const stop of document.querySelectorAll("[data-lesson]")) {
    const done = progress.lessons[stop.dataset.lesson];
    const words = stop.querySelector("[data-done]");
    if (words) words.textContent = done ? ` · ${tr("{answered} answered, {right} right", { answered: done.answered, right: done.correct })}` : "";
    stop.classList.toggle("bm-begun", Boolean(done));
    answered += done?.answered ?? 0;
    right += done?.correct ?? 0;
  }
  byId("bm-hero-progress").textContent = answered ? trn(answered, "You have answered {n} question, {right} of them right.", "You have answered {n} questions, {right} of them right.", { right }) : "";
  byId("bm-problem").hidden = !progress.problem;
  byId("bm-problem").textContent = progress.problem ?? "";
  byId("bm-hero-due").hidden = !answered;
  if (answered) showDue();
}

/** What is due: the words in the hero, and a count at each lesson. */
async function showDue() {
  let due;
  try {
    due = await (await askAsLearner(`${base}api/review/due`)).json();
  } catch {
    byId("bm-due-words").textContent = tr("What is due can't be read right now.");
    return;
  }
  const next = due.next_at ? ` ${tr("The next one comes {when}.", { when: dueWords(due.next_at) })}` : "";
  byId("bm-due-words").textContent = due.count ? trn(due.count, "{n} question is due for review.", "{n} questions are due for review.") : `${tr("Nothing is due for review.")}${next}`;
  byId("bm-due-start").hidden = !due.count;
  for (const stop of document.querySelectorAll("[data-lesson]")) {
    const count = due.lessons[stop.dataset.lesson];
    const words = stop.querySelector("[data-due]");
    if (words) words.textContent = count ? ` · ${trn(count, "{n} due", "{n} due")}` : "";
  }
}
showProgress();
addEventListener("pageshow", (event) => event.persisted && showProgress());

for (const button of document.querySelectorAll("dialog [data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}

byId("bm-open-resume").addEventListener("click", async () => {
  byId("bm-resume").showModal();
  try {
    byId("bm-code").textContent = (await (await askAsLearner(`${base}api/resume`)).json()).code;
  } catch (error) {
    byId("bm-code").textContent = error.message;
  }
});

byId("bm-resume-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const words = byId("bm-resume-words");
  const entry = byId("bm-code-entry");
  words.textContent = "";
  try {
    const body = JSON.stringify({ code: entry.value });
    const { secret, problem } = await (await askAsLearner(`${base}api/resume`, { method: "POST", body })).json();
    if (problem) throw new Error(problem);
    localStorage.setItem(LEARNER_KEY, secret);
    byId("bm-resume").close();
    own.textContent = tr("This device now continues with that progress.");
    entry.value = "";
    entry.removeAttribute("aria-invalid");
    showProgress();
  } catch (error) {
    words.textContent = error.message;
    entry.setAttribute("aria-invalid", "true");
    entry.focus();
  }
});

byId("bm-export").addEventListener("click", async () => {
  try {
    const content = await (await askAsLearner(`${base}api/me/export`)).blob();
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(content), download: "bonemets-teach-my-data.zip" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    own.textContent = tr("Your data has been downloaded.");
  } catch (error) {
    own.textContent = error.message;
  }
});

byId("bm-open-erase").addEventListener("click", () => byId("bm-erase").showModal());
byId("bm-erase-now").addEventListener("click", async () => {
  try {
    await askAsLearner(`${base}api/me/erase`, { method: "POST", body: "{}" });
    localStorage.removeItem(LEARNER_KEY);
    own.textContent = tr("Everything is erased. You start as a new learner.");
    showProgress();
  } catch (error) {
    own.textContent = error.message;
  }
  byId("bm-erase").close();
});
