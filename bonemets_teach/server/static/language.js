// The language of the page: chosen in the header or by ?lang= in the address, kept for the next page.
(() => {
  const key = "bonemets.language";
  const served = document.documentElement.lang;
  const base = document.currentScript.dataset.base;
  const asked = new URL(location.href).searchParams.get("lang");
  const cookie = () => /(?:^|; )bonemets-language=([a-z]{2})/.exec(document.cookie)?.[1];
  const kept = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  // The server reads the cookie, so that a page comes in its language at once; it holds nothing else.
  const keep = (code) => {
    try {
      localStorage.setItem(key, code);
    } catch {
      // The cookie, or the address, has to do.
    }
    document.cookie = `bonemets-language=${code}; path=${base}; max-age=31536000; samesite=lax`;
  };
  const open = (code, how) => {
    const address = new URL(location.href);
    address.searchParams.set("lang", code);
    location[how](address);
  };
  if (asked === served && asked !== kept()) keep(asked);
  // The cookie is gone and the choice is not: ask for the page in that language.
  else if (!asked && !cookie() && kept() && kept() !== served && /^[a-z]{2}$/.test(kept())) {
    const wanted = kept();
    keep(wanted);
    open(wanted, "replace");
  }
  addEventListener("DOMContentLoaded", () => {
    const select = document.getElementById("bm-language");
    // A browser may bring back what was chosen before.
    if (select) select.value = served;
    select?.addEventListener("change", () => {
      keep(select.value);
      open(select.value, "assign");
    });
  });
})();
