// The living page lets one see both themes; everywhere else the system decides.
document.getElementById("theme").addEventListener("change", ({ target }) => {
  if (target.value) document.documentElement.dataset.theme = target.value;
  else delete document.documentElement.dataset.theme;
});
