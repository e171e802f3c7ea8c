// Beside Voilà's own front end: ends the kernel when the page is closed.
const page = JSON.parse(document.getElementById("bm-page").textContent);
addEventListener("pagehide", () => navigator.sendBeacon(`${page.base}api/lesson/close/${page.kernel}`, page.token));
addEventListener("pageshow", (event) => event.persisted && location.reload());
