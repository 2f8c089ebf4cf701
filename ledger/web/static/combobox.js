// A field that offers choices while one types: found by code, by name, by pinyin initials.

const SHOWN = 12;
let made = 0;

/** How well a choice fits what is sought; 0 is not at all. */
function fit(choice, sought) {
  if (choice.code.toLowerCase() === sought) return 6;
  if (choice.code.toLowerCase().startsWith(sought)) return 5;
  if (choice.name.startsWith(sought)) return 4;
  if (choice.initials.startsWith(sought)) return 3;
  if (choice.name.includes(sought)) return 2;
  const rest = `${choice.initials} ${choice.code} ${choice.hint}`.toLowerCase();
  return rest.includes(sought) ? 1 : 0;
}

/** Choose among a list, the best first. */
export function among(choices) {
  return (sought) =>
    choices
      .map((choice, at) => [sought ? fit(choice, sought) : 1, at, choice])
      .filter(([fits]) => fits)
      .sort((a, b) => b[0] - a[0] || a[1] - b[1])
      .slice(0, SHOWN)
      .map(([, , choice]) => choice);
}

/** Make a combobox of a field; `find` gives the choices for a text, `chosen` is told of each choice. */
export function combobox(input, find, chosen = () => {}) {
  made += 1;
  const box = document.createElement("div");
  box.className = "ysr-box";
  input.replaceWith(box);
  const list = document.createElement("ul");
  list.className = "ysr-options";
  list.id = `ysr-options-${made}`;
  list.role = "listbox";
  list.setAttribute("aria-label", "可选项");
  list.hidden = true;
  const said = document.createElement("div");
  said.className = "ysr-chosen";
  said.id = `ysr-chosen-${made}`;
  box.append(input, list, said);
  input.role = "combobox";
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-describedby", said.id);
  input.setAttribute("aria-expanded", "false");
  let offered = [];
  let at = -1;
  let asked = 0;

  function close() {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function mark(next) {
    at = (next + offered.length) % offered.length;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    list.children[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[at].id);
  }
  function take(choice) {
    input.value = choice.code;
    said.textContent = [choice.name, choice.hint].filter(Boolean).join("　");
    input.removeAttribute("aria-invalid");
    close();
    chosen(choice);
  }
  async function offer() {
    asked += 1;
    const turn = asked;
    said.textContent = "";
    const found = await find(input.value.trim().toLowerCase());
    if (turn !== asked) return;
    offered = found;
    list.replaceChildren(
      ...offered.map((choice, i) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${i}`;
        item.role = "option";
        item.textContent = `${choice.code} ${choice.name}`;
        const hint = document.createElement("small");
        hint.textContent = choice.hint;
        item.append(hint);
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(choice);
        });
        return item;
      }),
    );
    list.hidden = offered.length === 0 || document.activeElement !== input;
    input.setAttribute("aria-expanded", String(!list.hidden));
    at = -1;
    if (!list.hidden && input.value.trim()) mark(0);
  }

  input.addEventListener("input", offer);
  input.addEventListener("focus", () => {
    if (!said.textContent) void offer();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) void offer();
      else mark(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !event.ctrlKey && !list.hidden && at >= 0) {
      event.preventDefault();
      take(offered[at]);
    } else if (event.key === "Escape") {
      close();
    }
  });
  input.addEventListener("blur", async () => {
    close();
    if (!input.value.trim() || said.textContent) return;
    asked += 1;
    const found = await find(input.value.trim().toLowerCase());
    const exact = found.find((choice) => choice.code === input.value.trim());
    if (exact || found.length === 1) take(exact ?? found[0]);
  });
  return { clear: () => { input.value = ""; said.textContent = ""; close(); } };
}
