// Says when something is due.

/** When something is due, as people say it: by the days of this person's calendar. */
function dueWords(iso, now = new Date()) {
  const due = new Date(iso);
  const day = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
  const days = day(due) - day(now);
  if (due <= now) return tr("now");
  if (days === 0) return tr("later today");
  if (days === 1) return tr("tomorrow");
  if (days < 45) return trn(days, "in {n} day", "in {n} days");
  return trn(Math.round(days / 30.4), "in {n} month", "in {n} months");
}
