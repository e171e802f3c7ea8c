// The words of the interface: English stands in the code, another language comes with the page.

let bmKnownWords = null;

/** {language, words}: what the page brought along; English without it. */
function knownWords() {
  if (!bmKnownWords) {
    const given = document.getElementById("bm-words")?.textContent;
    bmKnownWords = given ? JSON.parse(given) : { language: "en", words: {} };
  }
  return bmKnownWords;
}

function pageLanguage() {
  return knownWords().language;
}

/** A number as the language of the page writes it. */
function numberWords(value, places) {
  const text = places === undefined ? String(value) : Number(value).toFixed(places);
  return pageLanguage() === "en" || !Number.isFinite(Number(value)) ? text : text.replace(".", decimalSign());
}

function decimalSign() {
  return new Intl.NumberFormat(pageLanguage()).formatToParts(1.5).find((part) => part.type === "decimal").value;
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => {
    if (!(name in values)) return place;
    return typeof values[name] === "number" ? numberWords(values[name]) : String(values[name]);
  });
}

/** English words in the language of the page; "{name}" stands for a value. What has no translation stays English. */
function tr(text, values = {}) {
  const found = knownWords().words[text];
  return filled(typeof found === "string" ? found : text, values);
}

/** Words that depend on a count, "{n}" in them; a translation is found under the English plural. */
function trn(count, one, many, values = {}) {
  const forms = knownWords().words[many];
  const form = forms && typeof forms === "object" ? (forms[new Intl.PluralRules(pageLanguage()).select(count)] ?? forms.other) : undefined;
  return filled(form ?? (count === 1 ? one : many), { n: count, ...values });
}

/** The attribute for a part that is in another language than the page; nothing where both are the same. */
function inLanguage(language) {
  return language && language !== pageLanguage() ? { lang: language } : {};
}

/** The mark of a part that has no translation yet; null where there is nothing to mark. */
function languageMark(language) {
  if (!language || language === pageLanguage()) return null;
  const mark = document.createElement("span");
  mark.className = "bm-in-language";
  mark.lang = pageLanguage();
  mark.textContent = tr("in English");
  return mark;
}
