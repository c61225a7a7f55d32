// The board by keyboard. Every deed is a button or link of the row (`data-key`); a key only presses it, so nothing works by key alone.
// Single keys can be switched off, for who speaks to the computer or types by chance; the browser remembers it.
const table = document.querySelector("[data-board]");
const rows = table ? [...table.tBodies[0].rows].filter((row) => row.querySelector("[data-row]")) : [];

const keys = document.querySelector("[data-keys]");
if (keys) {
  keys.checked = localStorage.getItem("board-keys") !== "off";
  keys.addEventListener("change", () => localStorage.setItem("board-keys", keys.checked ? "on" : "off"));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, select, textarea, .menu-pop:popover-open") && event.key !== "Escape") return;
  if (event.key.length === 1 && keys && !keys.checked) return;
  if (event.key.startsWith("Arrow") && !table?.contains(document.activeElement)) return; // elsewhere they move the page
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  const done = step ? move(step) : press(event.key, event.target.closest("tr"));
  if (done) event.preventDefault();
});

function move(step) {
  if (!rows.length) return false;
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const next = here < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + step));
  focus(rows[next]);
  return true;
}

function focus(row) {
  row.querySelector("[data-row]").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function press(key, row) {
  if (key === "/") return focusFilter();
  if (key === "?") return open("shortcuts");
  if (!/^[a-z]$|^Escape$/.test(key)) return false;
  const scope = row && table?.contains(row) ? row : null;
  const button = scope?.querySelector(`[data-key~="${key}"]`) ?? document.querySelector(`[data-key~="${key}"]:not(tr *)`);
  if (!button || button.disabled) return false;
  button.click();
  const menu = button.popoverTargetElement; // a key whose deed wants a second look leads to it in the menu
  (menu?.querySelector(`[data-meant="${key}"]`) ?? menu?.querySelector("a, button"))?.focus();
  return true;
}

function focusFilter() {
  const field = document.querySelector("#board input[name=q]");
  field?.focus();
  return Boolean(field);
}

function open(id) {
  document.getElementById(id)?.showModal();
  return true;
}

// After a deed the page comes back with the row's link in its address, and the browser goes on there. If the pair is no more, the
// row that took its place is next.
if (location.hash.startsWith("#p-") && !document.getElementById(location.hash.slice(1)) && rows.length) {
  focus(rows[Math.min(rows.length - 1, Math.max(0, Number(sessionStorage.getItem("board-row") ?? 0)))]);
}
table?.addEventListener("focusin", (event) => {
  sessionStorage.setItem("board-row", String(rows.findIndex((row) => row.contains(event.target))));
});
table?.setAttribute("data-ready", "");
