// The choice of light or dark without loading the page anew. The form works without this module.
export function listen() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-theme-form]")) return;
    event.preventDefault();
    const chosen = event.submitter.value;
    if (chosen) document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
    const body = new FormData(form);
    body.set("theme", chosen);
    fetch(form.action, { method: "POST", body, redirect: "manual" });
    [...form.querySelectorAll("button")].find((button) => button.offsetParent !== null)?.focus();
  });
}
