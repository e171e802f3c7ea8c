// Small functions that every widget's module starts with: making elements, speaking, and knowing the learner.

/** Make an element: h("button", {type: "button", onclick}, "Save"). Text is always set as text, never as HTML. */
function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Draw a widget that keeps its keys: JupyterLab takes arrows, letters and digits for its cells unless what has the focus says no. */
function keepingKeys(render) {
  return (context) => {
    context.el.addEventListener("focusin", ({ target }) => (target.dataset.lmSuppressShortcuts = "true"));
    return render(context);
  };
}

/** Put words into a live region, even when they are the same words as before. */
function announce(region, text) {
  if (region.textContent === text) region.textContent = "";
  region.textContent = text;
}

let bmIds = 0;

/** A fresh id, so that labels and descriptions can point at their element. */
function uid(stem) {
  bmIds += 1;
  return `bm-${stem}-${bmIds}-${Math.random().toString(36).slice(2, 7)}`;
}

/** Run a function only after calls have paused for some milliseconds. */
function debounce(wait, run) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...args), wait);
  };
}

const BM_LEARNER = "bonemets.learner";
let bmGuest = "";

/** The learner's secret, made at the first visit; kept for this page only where storage is refused. */
function learnerSecret() {
  try {
    const known = localStorage.getItem(BM_LEARNER);
    if (/^[0-9a-f]{32}$/.test(known ?? "")) return known;
  } catch {
    if (bmGuest) return bmGuest;
  }
  const secret = [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
  try {
    localStorage.setItem(BM_LEARNER, secret);
  } catch {
    bmGuest = secret;
  }
  return secret;
}

/** A random UUID, also where crypto.randomUUID is missing because the page is not on https. */
function newUuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((n) => n.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** "dark" or "light", as the page or the system has it. */
function currentTheme() {
  const set = document.documentElement.dataset.theme ?? document.body?.dataset.jpThemeLight;
  if (set === "dark" || set === "false") return "dark";
  if (set === "light" || set === "true") return "light";
  return "light";
}

/** Call back when the page's theme changes; returns a function that stops it. */
function onThemeChange(run) {
  const observer = new MutationObserver(run);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  if (document.body) observer.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  return () => observer.disconnect();
}
