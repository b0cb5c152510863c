// Opening a line of the list marks it as read. Without script its button does the same.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-reads]");
  if (!link) return;
  const form = link.closest("li").querySelector("form");
  const data = new FormData(form);
  data.set("quiet", "1");
  navigator.sendBeacon(form.action, data);
});
