// Turns a textarea `data-chips` (one entry per line) into chips with an input; the textarea stays the value that is sent.
export function prepare(root) {
  for (const area of root.querySelectorAll("textarea[data-chips]:not([data-ready])")) {
    area.dataset.ready = "";
    enhance(area);
  }
}

function enhance(area) {
  const list = document.createElement("ul");
  const input = document.createElement("input");
  const box = document.createElement("div");
  const news = document.createElement("span");
  box.className = "chips";
  list.className = "chips-list";
  news.className = "sr-only";
  news.setAttribute("role", "status");
  input.className = "chips-input";
  input.id = area.id;
  const suggestions = area.closest("[data-list]")?.dataset.list;
  if (suggestions) input.setAttribute("list", suggestions);
  for (const name of ["aria-describedby", "aria-invalid"]) if (area.hasAttribute(name)) input.setAttribute(name, area.getAttribute(name));
  area.removeAttribute("id");
  area.hidden = true;
  area.before(box);
  box.append(list, input, news);

  const read = () => area.value.split("\n").map((line) => line.trim()).filter(Boolean);
  const write = (entries) => {
    area.value = entries.join("\n");
    area.dispatchEvent(new Event("change", { bubbles: true }));
    list.replaceChildren(...entries.map((entry) => chip(entry)));
  };
  const chip = (entry) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    item.className = "chip";
    item.textContent = entry;
    button.type = "button";
    button.textContent = "×";
    button.setAttribute("aria-label", `${area.dataset.remove} ${entry}`);
    button.addEventListener("click", () => {
      write(read().filter((other) => other !== entry));
      news.textContent = `− ${entry}`;
      input.focus();
    });
    item.append(button);
    return item;
  };
  const take = () => {
    const added = input.value.split(/[,;\n]/).map((part) => part.trim()).filter(Boolean);
    if (!added.length) return;
    write([...new Set([...read(), ...added])]);
    news.textContent = `+ ${added.join(", ")}`;
    input.value = "";
  };
  input.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" && input.value.trim()) || event.key === ",") {
      event.preventDefault();
      take();
    }
    if (event.key === "Backspace" && !input.value) write(read().slice(0, -1));
  });
  input.addEventListener("change", take);
  input.addEventListener("blur", take);
  write(read());
}
