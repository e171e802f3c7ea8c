// Runs before the first paint, so a dark page does not flash white.
(() => {
  const key = "bonemets.theme";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try {
      return localStorage.getItem(key) ?? "system";
    } catch {
      return "system";
    }
  };
  const apply = () => {
    const choice = chosen();
    const theme = choice === "system" ? (system.matches ? "dark" : "light") : choice;
    if (document.documentElement.dataset.theme !== theme) document.documentElement.dataset.theme = theme;
  };
  apply();
  system.addEventListener("change", apply);
  addEventListener("storage", (event) => event.key === key && apply());
  addEventListener("DOMContentLoaded", () => {
    const select = document.getElementById("bm-theme");
    if (!select) return;
    select.value = chosen();
    select.addEventListener("change", () => {
      try {
        localStorage.setItem(key, select.value);
      } catch {
        // Storage refused: the choice holds for this page only.
        document.documentElement.dataset.theme = select.value === "dark" ? "dark" : "light";
        return;
      }
      apply();
    });
  });
})();
