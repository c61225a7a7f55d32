// The choice of light or dark without loading the page anew. The form works without this module.
export function listen() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-theme-form]")) return;
    event.preventDefault();
    const chosen = event.submitter.value;
    document.documentElement.dataset.theme = chosen;
    const body = new FormData(form);
    body.set("theme", chosen);
    fetch(form.action, { method: "POST", body, redirect: "manual" });
    form.querySelector(chosen === "sea" ? ".when-dark" : ".when-light")?.focus();
  });
}
