// Says when something is due.

/** When something is due, as people say it: by the days of this person's calendar. */
function dueWords(iso, now = new Date()) {
  const due = new Date(iso);
  const day = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
  const days = day(due) - day(now);
  if (due <= now) return "now";
  if (days === 0) return "later today";
  if (days === 1) return "tomorrow";
  if (days < 45) return `in ${days} days`;
  return `in ${Math.round(days / 30.4)} months`;
}
