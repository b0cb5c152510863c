// Runs before the first paint: the reader's setting decides between light and dark, and later changes apply immediately.
const dark = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;

function follow() {
  if (root.dataset.theme === "fixed") return;
  root.dataset.bsTheme = dark.matches ? "dark" : "light";
}

follow();
dark.addEventListener("change", follow);
root.classList.add("has-script");
