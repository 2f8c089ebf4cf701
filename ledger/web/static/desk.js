// 登记: one form for the everyday events. What was typed stays until it has been recorded.

import { look, send } from "./api.js";
import { among, combobox } from "./combobox.js";
import { addRow, economicsOf, readRows } from "./rows.js";
import { entry, layersTable, message, said } from "./shown.js";

const PAUSE = 150;

/** Whoever asks again with the same key is answered the same: nothing is recorded twice. */
function freshKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

/** Bring the form to life. */
export async function start(form) {
  // Looked for in the form: whoever waits for an answer may have gone on to another page.
  const part = (id) => form.querySelector(`#ysr-${id}`);
  const field = (name) => form.elements.namedItem(name);
  const kind = () => form.elements.namedItem("kind").value;
  const day = () => field("date").value;
  const choices = await look("choices", { date: day() });
  // Whoever has gone on to another page meanwhile needs no form.
  if (!choices || !form.isConnected) return;
  let key = freshKey();
  let waiting = 0;
  let asked = 0;
  let sending = false;
  const hint = part("layers").firstElementChild;
  let economics = Promise.resolve([]);

  for (const radio of form.querySelectorAll("[name=kind]")) {
    radio.disabled = !(radio.value in choices.kinds);
  }
  const options = (name, pairs) =>
    field(name).append(...pairs.map(([value, text]) => new Option(text, value)));
  options("method", Object.entries(choices.methods));
  options("procurement", choices.procurement.map((word) => [word, word]));

  const economic = combobox(
    field("economic"),
    async (sought) => among(await economics)(sought),
    (found) => {
      // Whose limit of a 款 is meant has to be said where both classes have one.
      if (found.divided) field("class").closest("details").open = true;
      else field("class").value = "";
      available();
    },
  );
  const line = combobox(field("line"), among(choices.lines), (line) => {
    economic.clear();
    economics = economicsOf(line.code, day());
    available();
  });
  combobox(field("commitment"), among(choices.commitments), available);
  combobox(field("of"), (sought) => look("payments", { q: sought }), available);
  const people = choices.payees.map((name) => ({ code: name, name: "", hint: "", initials: "" }));
  combobox(field("payee"), (sought) => (sought ? among(people)(sought) : []));
  for (const fieldset of form.querySelectorAll("[data-shares]")) {
    addRow(fieldset, choices.lines, day, available);
    fieldset.querySelector("[data-add]").addEventListener("click", () => {
      addRow(fieldset, choices.lines, day, available);
    });
  }

  function turn() {
    if (kind() === "refund") [line, economic].forEach((each) => each.clear());
    for (const element of form.querySelectorAll("[data-of]")) {
      element.hidden = !element.dataset.of.split(" ").includes(kind());
    }
    part("said").replaceChildren();
    available();
  }

  function available() {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      asked += 1;
      const turn = asked;
      const { date, ...form } = typed();
      const found = await look("layers", { kind: kind(), date, form: JSON.stringify(form) });
      // Who types on gets the answer to what was typed last.
      if (!found || turn !== asked) return;
      const shown = found.layers.length ? [layersTable(found.layers, choices.kinds[kind()] ?? "支付")] : [];
      shown.push(...found.problems.map((text) => message(text, "stop")));
      part("layers").replaceChildren(...(shown.length ? shown : [hint]));
    }, PAUSE);
  }

  /** What the form says of lines and amounts so far. */
  function typed() {
    const { text, payee, doc, approver, key: _, ...rest } = fields();
    return rest;
  }

  function fields() {
    const given = { key };
    for (const element of form.elements) {
      if (!element.name || element.type === "file" || element.type === "radio") continue;
      if (!element.closest("[data-of][hidden]")) given[element.name] = element.value.trim();
    }
    for (const fieldset of form.querySelectorAll("[data-shares]")) {
      if (!fieldset.closest("[data-of][hidden]")) {
        given[fieldset.dataset.shares] = readRows(fieldset);
      }
    }
    return given;
  }

  function blame(name) {
    for (const element of form.querySelectorAll("[aria-invalid]")) {
      element.removeAttribute("aria-invalid");
    }
    const wrong = name && field(name);
    if (wrong instanceof HTMLElement) {
      wrong.closest("details")?.setAttribute("open", "");
      wrong.setAttribute("aria-invalid", "true");
      wrong.focus();
    }
  }

  function tell(answer) {
    part("said").replaceChildren(...said(answer));
    if (answer.entry) part("entry").replaceChildren(...entry(answer));
    const [first] = (answer.shifts ?? []).filter((shift) => shift.state === "可用");
    if (first) part("layers").replaceChildren(layersTable(first.layers, answer.word));
    blame(answer.field);
  }

  function recorded(answer) {
    const words = `已记账：${answer.ids.join("、")}（${answer.said}）`;
    part("said").replaceChildren(...said({ advice: answer.advice }), message(words, "fine"));
    const item = document.createElement("li");
    const link = document.createElement("a");
    const [base] = location.pathname.split("/extension/");
    link.href = `${base}/journal/?filter=${encodeURIComponent(`^${answer.ids[0]}`)}`;
    link.textContent = answer.ids.join("、");
    item.append(link, ` ${field("text").value} ${field("amount").value}`);
    part("done").prepend(item);
    // What counts the next payment as procurement is not to stay unseen in details that are shut.
    for (const name of ["amount", "payee", "text", "voucher", "procurement", "commitment", "of", "due"]) {
      field(name).value = "";
      field(name).dispatchEvent(new Event("input"));
    }
    for (const fieldset of form.querySelectorAll("[data-shares]")) {
      fieldset.querySelector(".ysr-rows").replaceChildren();
      addRow(fieldset, choices.lines, day, available);
    }
    key = freshKey();
    available();
  }

  async function submit(path) {
    // Keys ask for it though the buttons are off: one answer would be told twice.
    if (sending) return;
    sending = true;
    const buttons = form.querySelectorAll(".ysr-buttons button");
    buttons.forEach((button) => { button.disabled = true; });
    const [done, answer] = await send(path, fields(), field("voucher").files[0]);
    buttons.forEach((button) => { button.disabled = false; });
    sending = false;
    tell(answer);
    // What was sent with this key is recorded: what is sent next is another one.
    if (answer.spent) key = freshKey();
    if (done && answer.ids) recorded(answer);
    else if (done && answer.ok) part("said").append(message("可以记账。", "fine"));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(kind());
  });
  part("preview").addEventListener("click", () => void submit(`${kind()}/preview`));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) form.requestSubmit();
    else if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "kind") turn();
    else available();
  });
  form.addEventListener("input", (event) => {
    if (event.target.inputMode === "decimal") available();
  });
  turn();
  if (Object.keys(choices.kinds).length === 0) {
    part("said").append(message("您只能查看，不能登记。", "warn"));
  } else if (choices.lines.length === 0) {
    part("said").append(message("账上还没有指标，不能登记：请先用 yusuan import 导入预算或指标表。", "warn"));
  }
  form.dataset.ready = "yes";
}
