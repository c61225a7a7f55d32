// A file input in a `data-drop` box takes dropped files too and shows what was chosen.
export function prepare(root) {
  for (const box of root.querySelectorAll("[data-drop]:not([data-ready])")) {
    box.dataset.ready = "";
    const input = box.querySelector("input[type=file]");
    const text = box.querySelector(".drop-text");
    box.addEventListener("dragover", (event) => {
      event.preventDefault();
      box.classList.add("drop-over");
    });
    box.addEventListener("dragleave", () => box.classList.remove("drop-over"));
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      box.classList.remove("drop-over");
      if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    input.addEventListener("change", () => {
      const names = [...input.files].map((file) => file.name).join(", ");
      box.classList.toggle("drop-filled", names !== "");
      if (names) text.textContent = names;
    });
  }
}
