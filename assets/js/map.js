// The map of projects. Its script is large, so it is loaded only when the map comes near what is seen; on a narrow screen
// the map is folded, and that is when "Show map" is pressed. Without it the simple map of the page stays.
const NARROW = matchMedia("(max-width: 61.99rem)");
let isWanted = false; // pressed once, it stays open when filters bring a fresh list

const near = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      // A module is evaluated once, however often it is asked for. When it could not be loaded the simple map stays.
      import(target.closest("[data-map]").dataset.script).catch(() => {});
    }
  },
  { rootMargin: "300px" },
);

function prepare() {
  for (const fold of document.querySelectorAll("[data-map] details[data-map-fold]:not([data-ready])")) {
    fold.dataset.ready = "";
    fold.open = !NARROW.matches || isWanted;
    fold.addEventListener("toggle", () => (isWanted = fold.open));
    near.observe(fold.querySelector(".map"));
  }
}

// On a wide screen there is nothing to unfold it by.
NARROW.addEventListener("change", () => {
  for (const fold of document.querySelectorAll("details[data-map-fold]")) fold.open = !NARROW.matches || isWanted;
});
document.addEventListener("htmx:after:swap", prepare);
document.addEventListener("click", ({ target }) => {
  if (!target.closest("a[href='#h-map']")) return;
  const fold = document.querySelector("details[data-map-fold]");
  if (fold) fold.open = true;
});
prepare();
