// A button `data-copy="id"` copies the text of that element and says so; without a clipboard it stays hidden.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      button.lastChild.textContent = button.dataset.copied;
      button.setAttribute("aria-live", "polite");
    });
  }
}
