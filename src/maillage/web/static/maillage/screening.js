// Screening by keyboard: after a decision the next pair is ready, and the arrows go from one pair to the other.

const pairs = () => [...document.querySelectorAll("[data-screening] .pair")];
const entry = (pair) => pair?.querySelector(".keep, .undo");

// Classes settle last, so what was decided is known by its undo button.
document.addEventListener("htmx:afterSettle", (event) => {
  const settled = event.target;
  if (!settled.matches?.("[data-screening] .pair")) return;
  const all = pairs();
  const after = settled.querySelector(".undo")
    ? all.slice(all.indexOf(settled) + 1).find((pair) => pair.querySelector(".keep"))
    : settled;
  (entry(after) ?? entry(settled))?.focus();
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
