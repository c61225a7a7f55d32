// What every page does in the browser. Pages work without it; each module looks for its own data-attribute.
import "htmx.org";
import * as chips from "./chips.js";
import * as dialogs from "./dialogs.js";
import * as drop from "./drop.js";
import * as errors from "./errors.js";
import * as menus from "./menus.js";
import * as theme from "./theme.js";
import * as toasts from "./toasts.js";
import * as week from "./week.js";

const modules = [chips, drop, errors, toasts, week];

dialogs.listen();
menus.listen();
theme.listen();
toasts.listen();

function prepare(root) {
  for (const module of modules) module.prepare(root);
}

prepare(document);
document.addEventListener("htmx:after:process", (event) => prepare(event.target instanceof Element ? event.target : document));
