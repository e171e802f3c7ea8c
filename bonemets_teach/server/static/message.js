// The room is full: count down and try again.
const line = document.getElementById("bm-retry");
let left = Number(line.dataset.seconds);
const timer = setInterval(() => {
  left -= 1;
  line.textContent = left > 0 ? `Next try in ${left} seconds.` : "Trying again…";
  if (left > 0) return;
  clearInterval(timer);
  location.reload();
}, 1000);
