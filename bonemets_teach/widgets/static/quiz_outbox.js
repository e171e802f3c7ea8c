// Answers that the kernel has not yet confirmed stay in this browser and are sent again; each has its own id, so twice does no harm.

const QUIZ_OUTBOX = "bonemets.outbox";
const QUIZ_OUTBOX_MOST = 200;
let quizOutboxHere = [];

function readOutbox() {
  try {
    const stored = JSON.parse(localStorage.getItem(QUIZ_OUTBOX) ?? "[]");
    return Array.isArray(stored) ? stored.filter((entry) => entry?.message?.attempt_id) : [];
  } catch {
    return quizOutboxHere;
  }
}

function writeOutbox(entries) {
  quizOutboxHere = entries.slice(-QUIZ_OUTBOX_MOST);
  try {
    localStorage.setItem(QUIZ_OUTBOX, JSON.stringify(quizOutboxHere));
  } catch {
    // Where storage is refused the answers wait in this page.
  }
}

/** Keep an answer of a learner until it is confirmed. */
function keepInOutbox(learner, message) {
  writeOutbox([...readOutbox().filter((entry) => entry.message.attempt_id !== message.attempt_id), { learner, message }]);
}

function dropFromOutbox(attemptId) {
  writeOutbox(readOutbox().filter((entry) => entry.message.attempt_id !== attemptId));
}

/** Unconfirmed answers of this learner to these items, oldest first. */
function waitingAnswers(learner, itemIds) {
  return readOutbox().filter((entry) => entry.learner === learner && itemIds.has(entry.message.item_id)).map((entry) => entry.message);
}
