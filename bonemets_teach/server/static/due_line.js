// In a lesson: says how much is due for review, once the lesson itself has been loaded.

async function showDueLine(base, lesson) {
  const line = document.getElementById("bm-due-line");
  if (!line) return;
  let due;
  try {
    if (!localStorage.getItem(LEARNER_KEY)) return;
    due = await (await askAsLearner(`${base}api/review/due`)).json();
  } catch {
    return; // a lesson goes on without this line
  }
  const here = due.lessons[lesson] ?? 0;
  if (!due.count) return;
  const part = here && here < due.count ? trn(here, ", {n} from this lesson", ", {n} from this lesson") : "";
  line.textContent = ` · ${trn(due.count, "{n} question due", "{n} questions due")}${part}: `;
  line.append(Object.assign(document.createElement("a"), { href: `${base}review?start=due`, textContent: tr("Review now") }));
}
