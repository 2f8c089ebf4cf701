// Rows of shares in a form: a line, a 款, an amount, as many as one needs.

import { among, combobox } from "./combobox.js";
import { look } from "./api.js";

const FIELDS = [
  ["line", "指标"],
  ["economic", "经济分类"],
  ["amount", "金额（元）"],
];
let made = 0;

/** Look up the 款 that a line may be spent on; whoever needs them waits for them. */
export async function economicsOf(line, date) {
  return (await look("economics", { line, date })) ?? [];
}

/** Add a row to a fieldset of shares; `chosen` is told when a line or a 款 is. */
export function addRow(fieldset, lines, day, chosen) {
  const row = document.createElement("div");
  row.className = "ysr-row";
  const inputs = {};
  for (const [name, label] of FIELDS) {
    made += 1;
    const field = document.createElement("div");
    field.className = "ys-field";
    const title = document.createElement("label");
    title.textContent = label;
    const input = document.createElement("input");
    input.id = `ysr-share-${made}`;
    input.dataset.name = name;
    input.autocomplete = "off";
    title.htmlFor = input.id;
    field.append(title, input);
    row.append(field);
    inputs[name] = input;
  }
  inputs.amount.inputMode = "decimal";
  const whose = divided();
  row.append(whose);
  let economics = Promise.resolve([]);
  const economic = combobox(
    inputs.economic,
    async (sought) => among(await economics)(sought),
    (found) => {
      whose.hidden = !found.divided;
      if (whose.hidden) whose.querySelector("select").value = "";
      chosen();
    },
  );
  combobox(inputs.line, among(lines), (line) => {
    economic.clear();
    whose.hidden = true;
    economics = economicsOf(line.code, day());
    chosen();
  });
  fieldset.querySelector(".ysr-rows").append(row);
}

/** The field for a 款 that has limits of both classes: whose is meant. */
function divided() {
  const field = document.createElement("label");
  field.className = "ys-field";
  field.hidden = true;
  const title = document.createElement("span");
  title.textContent = "人员或公用";
  const select = document.createElement("select");
  select.dataset.name = "class";
  select.append(...["", "人员", "公用"].map((word) => new Option(word || "请选择", word)));
  field.append(title, select);
  return field;
}

/** Give what the rows of a fieldset say; empty rows say nothing. */
export function readRows(fieldset) {
  return [...fieldset.querySelectorAll(".ysr-row")]
    .map((row) =>
      Object.fromEntries(
        [...row.querySelectorAll("input, .ys-field:not([hidden]) > select")].map((input) => [input.dataset.name, input.value.trim()]),
      ),
    )
    .filter((share) => share.line || share.economic || share.amount);
}
