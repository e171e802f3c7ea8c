// The learner: a random secret that only this browser keeps.
const LEARNER_KEY = "bonemets.learner";

function learnerSecret() {
  try {
    const kept = localStorage.getItem(LEARNER_KEY);
    if (/^[0-9a-f]{32}$/.test(kept ?? "")) return kept;
    const made = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    localStorage.setItem(LEARNER_KEY, made);
    return made;
  } catch {
    return null;
  }
}

/** Ask the server something as this learner; throws an Error whose message is meant for reading. */
async function askAsLearner(url, options = {}) {
  const secret = learnerSecret();
  if (!secret) throw new Error(tr("This browser refuses to keep data, so there is no progress to show."));
  let answer;
  try {
    answer = await fetch(url, { ...options, headers: { ...options.headers, "X-Bonemets-Learner": secret } });
  } catch {
    throw new Error(tr("The server can't be reached. Check the connection and try again."));
  }
  if (answer.ok) return answer;
  const words = await answer.json().catch(() => ({}));
  throw Object.assign(new Error(words.error ?? tr("The server could not do that.")), { status: answer.status });
}
