// After a form came back with errors, the summary gets the focus; its links focus the field they name.
export function prepare(root) {
  const summary = root.querySelector("[data-error-summary]:not([data-ready])");
  if (!summary) return;
  summary.dataset.ready = "";
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    target.scrollIntoView({ block: "center" });
    (target.matches("fieldset, div") ? target.querySelector("input, select, textarea") : target)?.focus();
  });
}
