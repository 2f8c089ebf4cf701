// What the desk's answers look like; all text goes in as text.

/** Write 元 with separators: 1234567.80 → 1,234,567.80. */
export function grouped(text) {
  const [whole, rest] = text.split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${rest}`;
}

function made(tag, text, name) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (name) element.className = name;
  return element;
}

/** Draw layers as a table, with what an event would leave of each. */
export function layersTable(layers, word) {
  const table = made("table", undefined, "ys");
  const heads = ["控制层", "额度", "可用", `${word}后`];
  const row = made("tr");
  row.append(...heads.map((head, at) => made("th", head, at > 1 ? "ys-num" : "")));
  [...row.children].forEach((cell) => { cell.scope = "col"; });
  const head = made("thead");
  head.append(row);
  const body = made("tbody");
  for (const layer of layers) {
    const left = layer.after ?? "";
    const line = made("tr");
    line.append(
      made("td", layer.kind),
      made("td", layer.name + (layer.binding ? "（最紧）" : ""), "ys-wrap"),
      made("td", grouped(layer.available), "ys-num"),
      made("td", left && grouped(left), `ys-num ${left.startsWith("-") ? "ys-stop" : ""}`),
    );
    body.append(line);
  }
  table.append(head, body);
  const box = made("div", undefined, "ys-scroll");
  // Who scrolls with the keyboard has to get there with it.
  Object.assign(box, { tabIndex: 0, role: "group", ariaLabel: "各控制层的可用额度" });
  box.append(table);
  return box;
}

/** Say something: its weight by word and colour. */
export function message(text, weight) {
  return made("p", text, `ys-message ys-${weight}`);
}

/** Draw a trial's or a recording's answer: what stops it, what is said of it. */
export function said(answer) {
  const found = (answer.stops ?? []).map((text) => message(`不通过：${text}`, "stop"));
  if (answer.error) found.unshift(message(answer.error, "stop"));
  if (answer.strikes_others) {
    found.push(message("以上是账上已有的凭证：记入这笔新凭证，它们就不再通过。", "stop"));
  }
  found.push(...(answer.advice ?? []).map((text) => message(`提醒：${text}`, "warn")));
  return found;
}

/** Draw the entry that would be written, with what becomes of money and contracts. */
export function entry(answer) {
  return [made("pre", answer.entry), ...answer.notes.map((note) => made("p", note, "ys-note"))];
}
