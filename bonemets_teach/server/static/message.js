// The room is full: count down and try again.
const line = document.getElementById("bm-retry");
let left = Number(line.dataset.seconds);
const timer = setInterval(() => {
  left -= 1;
  line.textContent = left > 0 ? trn(left, "Next try in {n} second.", "Next try in {n} seconds.") : tr("Trying again…");
  if (left > 0) return;
  clearInterval(timer);
  location.reload();
}, 1000);
