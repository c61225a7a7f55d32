// The weekly grid: arrow keys walk it, dragging over cells chooses a stretch. Without this module it is a table of checkboxes.
export function prepare(root) {
  for (const grid of root.querySelectorAll("[data-week]:not([data-ready])")) {
    grid.dataset.ready = "";
    walk(grid);
    paint(grid);
  }
}

function walk(grid) {
  grid.addEventListener("keydown", (event) => {
    const sideways = document.documentElement.dir === "rtl" ? -1 : 1;
    const step = { ArrowRight: [0, sideways], ArrowLeft: [0, -sideways], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    const cell = event.target.closest("td");
    if (!step || !cell) return;
    event.preventDefault();
    const rows = [...grid.querySelectorAll("tbody tr")].filter((row) => row.offsetParent !== null);
    const row = rows[rows.indexOf(cell.parentElement) + step[0]];
    row?.cells[cell.cellIndex + step[1]]?.querySelector("input")?.focus();
  });
}

function paint(grid) {
  let value = null;
  grid.addEventListener("pointerdown", (event) => {
    const box = event.pointerType === "mouse" && event.target.closest("td")?.querySelector("input");
    if (box) value = !box.checked;
  });
  grid.addEventListener("pointerover", (event) => {
    const box = value !== null && event.buttons === 1 && event.target.closest("td")?.querySelector("input");
    if (box) box.checked = value;
  });
  grid.addEventListener("pointerout", (event) => {
    const box = value !== null && event.buttons === 1 && event.target.closest("td")?.querySelector("input");
    if (box) box.checked = value;
  });
  grid.addEventListener("click", (event) => {
    if (event.target.matches("input") && value !== null) event.target.checked = value;
  });
  document.addEventListener("pointerup", () => setTimeout(() => (value = null)));
}
