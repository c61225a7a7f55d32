// Menus are popovers placed by CSS anchors; browsers without anchors get the place computed here. Arrow keys move between items.
const anchored = CSS.supports("position-area", "block-end");

export function listen() {
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (!anchored && menu.matches?.(".menu-pop") && event.newState === "open") place(menu);
  }, true);
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.(".menu-pop:popover-open");
    if (!menu || !["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
    const items = [...menu.querySelectorAll("a[href], button:not(:disabled)")].filter((item) => item.offsetParent !== null);
    const here = items.indexOf(event.target);
    const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
    event.preventDefault();
    items.at(next % items.length)?.focus();
  });
}

function place(menu) {
  const opener = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
  if (!opener) return;
  const box = opener.getBoundingClientRect();
  const left = document.documentElement.dir === "rtl" ? box.left : box.right - menu.offsetWidth;
  menu.style.top = `${Math.min(box.bottom, innerHeight - menu.offsetHeight - 12)}px`;
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - menu.offsetWidth - 8))}px`;
}
