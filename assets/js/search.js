// Opening a result is counted with its position, so that editors see which searches put the right one far down. Nothing
// says who opened it. Without script nothing is counted.
function count(event) {
  const link = event.target.closest("a[data-position]");
  const form = document.querySelector("form[data-clicked]");
  if (!link || !form || (event.type === "auxclick" && event.button !== 1)) return; // the middle button opens a tab
  const data = new FormData(form); // in a list, fields that stand beside the rows belong to the form, too
  if (!data.get("q")) return; // nothing was searched for
  data.set("position", link.dataset.position);
  navigator.sendBeacon(form.action, data);
}

for (const name of ["click", "auxclick"]) document.addEventListener(name, count);
