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
  let economics = Promise.resolve([]);
  const economic = combobox(inputs.economic, async (sought) => among(await economics)(sought), chosen);
  combobox(inputs.line, among(lines), (line) => {
    economic.clear();
    economics = economicsOf(line.code, day());
    chosen();
  });
  fieldset.querySelector(".ysr-rows").append(row);
}

/** Give what the rows of a fieldset say; empty rows say nothing. */
export function readRows(fieldset) {
  return [...fieldset.querySelectorAll(".ysr-row")]
    .map((row) =>
      Object.fromEntries(
        [...row.querySelectorAll("input")].map((input) => [input.dataset.name, input.value.trim()]),
      ),
    )
    .filter((share) => share.line || share.economic || share.amount);
}
