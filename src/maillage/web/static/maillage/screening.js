// Screening by keyboard: after a decision the next pair is ready, and the arrows go from one pair to the other.

const pairs = () => [...document.querySelectorAll("[data-screening] .pair")];
const entry = (pair) => pair?.querySelector(".keep, .undo");

document.addEventListener("htmx:afterSwap", (event) => {
  const swapped = document.getElementById(event.detail.target.id);
  if (!swapped?.matches("[data-screening] .pair")) return;
  const all = pairs();
  const after = swapped.classList.contains("decided")
    ? all.slice(all.indexOf(swapped) + 1).find((pair) => pair.querySelector(".keep"))
    : swapped;
  (entry(after) ?? entry(swapped))?.focus();
});

document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const pair = event.target.closest?.("[data-screening] .pair");
  if (!step || !pair || event.target.matches("input, textarea, select, summary")) return;
  const all = pairs();
  const next = entry(all[all.indexOf(pair) + step]);
  if (!next) return;
  event.preventDefault();
  next.focus();
});
