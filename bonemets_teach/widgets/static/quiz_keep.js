// What the quiz keeps in this browser beside answers: flags, wishes, a running exam.

const QUIZ_FLAGS = "bonemets.flags";
const QUIZ_WISHES = "bonemets.quiz";
const quizKeptHere = new Map();

function readKept(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return quizKeptHere.get(key) ?? otherwise;
  }
}

/** Keep a value; null takes it away. Where storage is refused it lasts as long as the page. */
function writeKept(key, value) {
  quizKeptHere.set(key, value);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // The page keeps it.
  }
}

function flaggedItems() {
  const kept = readKept(QUIZ_FLAGS, []);
  return new Set(Array.isArray(kept) ? kept : []);
}

/** Set or take a flag; returns whether it is set now. */
function toggleFlag(itemId) {
  const flags = flaggedItems();
  if (!flags.delete(itemId)) flags.add(itemId);
  writeKept(QUIZ_FLAGS, [...flags]);
  return flags.has(itemId);
}

/** Whether to ask how sure an answer is: yes, until the learner says no. */
function wantsCertainty() {
  return readKept(QUIZ_WISHES, {})?.certainty !== false;
}

function setWantsCertainty(wanted) {
  writeKept(QUIZ_WISHES, { certainty: wanted });
}

/** Each page has its own exam, since each lesson has its own questions. */
function examKey() {
  return `bonemets.exam ${location.pathname}`;
}
