// Searching, sorting and opening rows without losing one's place: only the table is replaced,
// and the address remembers what is shown. Without this file the links and the form do the same.

const WAIT = 250; // milliseconds after the last key

let asking = 0;

/** The address that the form asks for, with all that it has no field for. */
function asked(form) {
  const url = new URL(window.location.href);
  for (const name of ["as_of", "search"]) {
    const value = form.elements.namedItem(name).value.trim();
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  return url;
}

/** Show another address of this page; `push` makes a step that the back button takes back. */
async function show(url, push) {
  const turn = ++asking;
  const partial = new URL(url);
  partial.searchParams.set("partial", "true");
  const response = await fetch(partial);
  if (!response.ok) {
    window.location.assign(url);
    return;
  }
  const text = await response.text();
  const held = document.getElementById("ys-shown");
  if (turn !== asking || held === null) return; // another question has been asked since
  const found = new DOMParser().parseFromString(text, "text/html").getElementById("ys-shown");
  const focus = document.activeElement?.id;
  held.replaceWith(document.adoptNode(found));
  if (push) window.history.pushState(null, "", url);
  else window.history.replaceState(null, "", url);
  if (focus) document.getElementById(focus)?.focus();
  document.getElementById("ys-status").textContent = found.dataset.note;
}

function listen(form) {
  let timer = 0;
  const ask = (push) => {
    window.clearTimeout(timer);
    show(asked(form), push);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(true);
  });
  form.elements.namedItem("as_of").addEventListener("change", () => ask(true));
  form.elements.namedItem("search").addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, WAIT, false);
  });
  document.getElementById("ys-page").addEventListener("click", (event) => {
    const link = event.target.closest("a[data-stay]");
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (link === null || !plain) return;
    event.preventDefault(); // fava's own router would replace the whole page, and the focus with it
    show(new URL(link.href), true);
  });
}

export default {
  onExtensionPageLoad() {
    const form = document.getElementById("ys-ask");
    if (form === null || form.dataset.heard) return;
    form.dataset.heard = "yes";
    listen(form);
  },
};
