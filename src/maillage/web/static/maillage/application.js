// The few behaviours every page shares. Pages work without them.

const openMenus = () => document.querySelectorAll("details.menu[open]");

// A menu closes when one clicks elsewhere or presses Escape.
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// "/" goes to the search field, from anywhere but a field.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
  const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.isComposing);
  if (event.key === "/" && plain && !event.target.closest("input, textarea, select, [contenteditable]")) {
    const field = [...document.querySelectorAll("[aria-keyshortcuts='/']")].find((one) => one.offsetParent);
    if (!field) return;
    event.preventDefault();
    field.select();
    field.focus();
  }
});

// A list follows what is typed, letter by letter: leaving the field asks for nothing more.
document.addEventListener("change", (event) => {
  if (event.target.matches(".filters input[type=search]")) event.stopPropagation();
}, { capture: true });

// A toast stays until it is closed: nobody is hurried to read it.
const showDismissals = (root) => root.querySelectorAll("[data-dismiss]").forEach((button) => { button.hidden = false; });
showDismissals(document);
document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.parentElement.remove();
});

// What htmx swapped is said to who does not see it: the first element of it that asks for it.
document.addEventListener("htmx:afterSettle", (event) => {
  showDismissals(document);
  const said = event.target.querySelector?.("[data-announce]") ?? document.querySelector("#results [data-announce]");
  if (said) document.getElementById("announcement").textContent = said.textContent;
});

// A value to carry elsewhere: the button copies the field it names, and says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.copied;
    document.getElementById("announcement").textContent = button.dataset.copied;
  } catch {
    // Without the right to write to the clipboard the address stays selected, ready to be copied by hand.
  }
});

// A page made to be printed has a button for it, where there is a printer to speak to.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
