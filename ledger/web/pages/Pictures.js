// Draws the charts of 图 with d3, which lies beside this file and is loaded with the page alone.
// The figures are in the page; the tables below the charts say the same in words.

const LIBRARY = "../extension/Pictures/d3-7.9.2.js";
const percent = (share) => `${(100 * share).toFixed(1)}%`;
const number = (text) => (text === null ? null : Number(text));
const yuan = (amount) => `${Number(amount).toLocaleString("zh-CN", { minimumFractionDigits: 2 })} 元`;

/** An empty drawing of a size, with a name for those who do not see it. */
function drawing(d3, box, height, label) {
  const width = Math.max(box.clientWidth, 280);
  box.replaceChildren();
  const svg = d3
    .select(box)
    .append("svg")
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("aria-label", label);
  return { svg, width };
}

/** As much of a text as fits into a width, at about 12 pixels a character. */
function fitting(text, width) {
  const room = Math.floor((width - 8) / 12);
  if (room < 2) return "";
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}

function treemap(d3, box, leaves, by) {
  if (leaves.length === 0) return box.replaceChildren("没有预算数。");
  const height = 300;
  const { svg, width } = drawing(d3, box, height, "按面积画的预算结构，数字见下表");
  svg.attr("role", "group");
  const tops = [...new Set(leaves.map((leaf) => leaf.top))];
  const groups = d3.group(leaves, (leaf) => leaf.top);
  const root = d3
    .hierarchy([null, groups], ([, found]) => (found instanceof Map ? [...found] : Array.isArray(found) ? found.map((leaf) => [leaf, null]) : null))
    .sum(([leaf]) => (leaf && leaf.amount ? Number(leaf.amount) : 0))
    .sort((a, b) => b.value - a.value);
  d3.treemap().size([width, height]).paddingInner(1)(root);
  const cell = svg
    .selectAll("a")
    .data(root.leaves())
    .join("a")
    .attr("href", ({ data: [leaf] }) => `../Execution/?${by}search=${leaf.code}`)
    .attr("aria-label", ({ data: [leaf] }) => `${leaf.code} ${leaf.name} ${yuan(leaf.amount)}`)
    .attr("transform", (node) => `translate(${node.x0},${node.y0})`);
  cell.append("title").text(({ data: [leaf], value }) => `${leaf.code} ${leaf.name}\n${yuan(leaf.amount)}，${percent(value / root.value)}`);
  cell
    .append("rect")
    .attr("class", "cell")
    .attr("width", (node) => node.x1 - node.x0)
    .attr("height", (node) => node.y1 - node.y0)
    .attr("style", ({ data: [leaf] }) => `fill: var(--ys-c${tops.indexOf(leaf.top) % 6})`);
  const words = cell.filter((node) => node.y1 - node.y0 > 18);
  words.append("text").attr("x", 4).attr("y", 14).text((node) => fitting(node.data[0].name, node.x1 - node.x0));
  words
    .filter((node) => node.y1 - node.y0 > 34 && node.x1 - node.x0 > 44)
    .append("text")
    .attr("x", 4)
    .attr("y", 30)
    .text((node) => percent(node.value / root.value));
}

function months(d3, box, found) {
  const height = 260;
  const { svg, width } = drawing(d3, box, height, "各月末累计执行率与序时进度，数字见下表");
  svg.attr("role", "img");
  const most = d3.max(found, (each) => Math.max(1, number(each.rate) ?? 0, number(each.last) ?? 0));
  const x = d3.scalePoint(found.map((each) => each.month), [44, width - 16]);
  const y = d3.scaleLinear([0, most], [height - 24, 10]);
  svg
    .append("g")
    .attr("class", "axis")
    .attr("transform", `translate(0,${height - 24})`)
    .call(d3.axisBottom(x).tickFormat((month) => (width < 420 ? month : `${month}月`)));
  svg
    .append("g")
    .attr("class", "axis")
    .attr("transform", "translate(44,0)")
    .call(d3.axisLeft(y).ticks(5, "%"));
  for (const kind of ["pace", "last", "rate"]) {
    const line = d3
      .line()
      .defined((each) => each[kind] !== null)
      .x((each) => x(each.month))
      .y((each) => y(Number(each[kind])));
    svg.append("path").datum(found).attr("class", kind).attr("d", line);
  }
}

/** Bars of what is done, in the room there is for it, with a mark where it should be. */
function bars(d3, box, rows, label) {
  const step = 44;
  const { svg, width } = drawing(d3, box, rows.length * step, label);
  svg.attr("role", "img");
  const x = d3.scaleLinear([0, 1], [0, width - 2]).clamp(true);
  const row = svg
    .selectAll("g")
    .data(rows)
    .join("g")
    .attr("transform", (_, at) => `translate(1,${at * step})`);
  row.append("text").attr("y", 14).text((each) => fitting(each.text, width));
  row.append("rect").attr("class", "back").attr("y", 20).attr("height", 14).attr("width", x(1));
  row
    .append("rect")
    .attr("class", (each) => (each.share > 1 ? "over" : "bar"))
    .attr("y", 20)
    .attr("height", 14)
    .attr("width", (each) => x(each.share));
  row
    .filter((each) => each.mark !== null)
    .append("path")
    .attr("class", "mark")
    .attr("d", (each) => `M${x(each.mark)},17v20`);
}

/** What is spent of a limit; of no limit at all, everything or nothing. */
function share(spent, limit) {
  if (limit > 0) return Math.max(0, spent / limit);
  return spent > 0 ? 2 : 0;
}

function draw(d3, data) {
  const box = (name) => document.querySelector(`[data-chart="${name}"]`);
  const kinds = {
    function: (at) => treemap(d3, at, data.function, ""),
    economic: (at) => treemap(d3, at, data.economic, "by=economic&"),
    months: (at) => months(d3, at, data.months),
    publics: (at) =>
      bars(
        d3,
        at,
        data.publics.map(({ name, limit, spent }) => ({
          text: `${name}　${yuan(spent)}`,
          share: share(Number(spent), Number(limit)),
          mark: null,
        })),
        "三公经费已执行占限额，数字见下表",
      ),
    projects: (at) =>
      bars(
        d3,
        at,
        data.projects.map(({ name, rate, target }) => ({
          text: `${name}　${rate === null ? "—" : percent(rate)}`,
          share: Math.max(0, Number(rate ?? 0)),
          mark: number(target),
        })),
        "项目执行率与目标，数字见下表",
      ),
  };
  for (const [name, show] of Object.entries(kinds)) {
    const at = box(name);
    if (at !== null) show(at);
  }
}

function redraw() {
  const held = document.getElementById("ys-drawn");
  if (held !== null && globalThis.d3) draw(globalThis.d3, JSON.parse(held.textContent));
}

export default {
  init() {
    window.addEventListener("resize", redraw);
  },
  async onExtensionPageLoad() {
    await import(new URL(LIBRARY, import.meta.url).href);
    redraw();
  },
};
