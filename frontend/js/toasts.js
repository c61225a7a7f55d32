// A toast leaves by itself, later if it offers to undo, never while it is pointed at or holds the focus; errors stay.
const PLAIN = 8000;
const UNDO = 20000;

export function listen() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-toast] [data-close]")) event.target.closest("[data-toast]").remove();
  });
}

export function prepare(root) {
  for (const toast of root.querySelectorAll("[data-toast]:not([data-ready])")) {
    toast.dataset.ready = "";
    if (toast.dataset.toast !== "error") leave(toast, toast.querySelector("form") ? UNDO : PLAIN);
  }
}

function leave(toast, after) {
  setTimeout(() => (toast.matches(":hover, :focus-within") ? leave(toast, after) : toast.remove()), after);
}
