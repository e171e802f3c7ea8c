// Parts of the quiz that only show something: trusted text, marks, pictures, sources.

const QUIZ_STATES = {
  right: { mark: "✓", words: tr("answered right") },
  partly: { mark: "◐", words: tr("answered partly right") },
  wrong: { mark: "✕", words: tr("answered, not right yet") },
  given: { mark: "●", words: tr("answered; nothing to be right or wrong") },
  sending: { mark: "…", words: tr("being sent") },
  open: { mark: "", words: tr("not answered") },
};

// Language of the question that is shown: its words may be in another one than the page.
let quizLanguage = null;

/** Fill an element with HTML that the kernel made from Markdown and sanitized; no other text ever comes this way. */
function withHtml(tag, props, html) {
  const element = h(tag, { ...inLanguage(quizLanguage), ...props });
  element.innerHTML = html ?? "";
  return element;
}

function outcomeState(outcome) {
  if (!outcome) return "open";
  if (outcome.correct === null) return "given";
  if (outcome.correct) return "right";
  return outcome.score > 0 ? "partly" : "wrong";
}

function pointCount(count) {
  return trn(count, "{n} point", "{n} points");
}

/** "0.75 of 2 points" */
function pointsOf(score, most) {
  return trn(most, "{score} of {n} point", "{score} of {n} points", { score: pointWords(score) });
}

/** Points as people write them: 0.75, not 0.7500000001. */
function pointWords(score) {
  return numberWords(Math.round(score * 100) / 100);
}

/** Where a source leads: to its entry on this page if there is one, else to the paper; nothing but https and own anchors. */
function sourceAddress(reference) {
  if (reference.anchor && document.getElementById(reference.anchor)) return { href: `#${reference.anchor}` };
  if (reference.url?.startsWith("https://")) return { href: reference.url, target: "_blank", rel: "noopener noreferrer" };
  return null;
}

/** Sources behind a button, each with its place. */
function sourceList(references) {
  if (!references.length) return null;
  const rows = references.map((reference) => {
    const address = sourceAddress(reference);
    return h("li", {}, address ? h("a", address, reference.text) : reference.text);
  });
  return h("details", { class: "bm-quiz-sources" }, h("summary", {}, trn(rows.length, "{n} source", "{n} sources")), h("ul", {}, rows));
}

/** The explorer of a scene, or the place where the page will put it; null where the page has none. */
function explorerPlace(scene) {
  return document.getElementById(`explorer-${scene}`) ?? document.querySelector(`.bm-slot[data-scene="${scene}"]`);
}

/** A link that sets this lesson's explorer to the state of the question; null where the page has no such explorer. */
function explorerLink(explore) {
  if (!explore || !explorerPlace(explore.scene)) return null;
  const link = new URL(location.href);
  for (const [name, value] of Object.entries(explore.state)) link.searchParams.set(`${explore.scene}.${name}`, value);
  link.hash = `explorer-${explore.scene}`;
  return h("p", {}, h("a", { href: link.href }, tr("See this in the explorer")));
}

/** A large view of a picture; Escape or the button closes it. */
function enlarged(source, alt) {
  const close = h("button", { type: "button", class: "bm-primary" }, tr("Close"));
  const dialog = h("dialog", { class: "bm-quiz-large", "aria-label": tr("Enlarged picture") }, h("img", { src: source, alt }), close);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  return dialog;
}

/**
 * One picture of an item, as wide as its room: asks the kernel for it, shows its words if none comes.
 * ask(look, done) sends the request; done(url, problem) is called with the answer.
 */
function pictureFigure(picture, room, ask) {
  const image = h("img", { alt: picture.alt, hidden: true });
  const words = h("p", { class: "bm-quiz-alt" }, picture.alt);
  const large = h("button", { type: "button", class: "bm-quiet", hidden: true }, tr("Enlarge the picture"));
  const figure = h("figure", { class: "bm-quiz-figure" }, image, words, h("figcaption", {}, h("span", {}, picture.credit), large));
  large.addEventListener("click", () => {
    const dialog = enlarged(image.src, picture.alt);
    figure.append(dialog);
    dialog.showModal();
  });
  const show = (url, problem) => {
    if (problem || !url) {
      words.textContent = `${picture.alt} (${problem ?? tr("No picture.")})`;
      return;
    }
    image.src = url;
    image.hidden = false;
    words.hidden = true;
    large.hidden = false;
  };
  const look = { width_px: Math.min(Math.max(Math.round(room.clientWidth - 80), 280), 640), scale: Math.min(devicePixelRatio || 1, 2), theme: currentTheme() };
  ask(look, show);
  return figure;
}
