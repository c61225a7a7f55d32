// `data-dialog="id"` opens a <dialog>; `data-close` inside it, Escape or a click on the backdrop closes it; focus returns by itself.
export function listen() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      event.preventDefault();
      document.getElementById(opener.dataset.dialog)?.showModal();
      return;
    }
    const dialog = event.target.closest("dialog");
    if (dialog && (event.target === dialog ? outside(dialog, event) : event.target.closest("[data-close]"))) dialog.close();
  });
}

function outside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
