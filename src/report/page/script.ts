import { darkColours } from "../theme-dark.ts";

/**
 * What runs in the reader's browser: figures are drawn when they come near the window, and a cell shows where its number comes
 * from when it is pointed at, picked, or reached with the arrow keys and opened with Enter.
 */
export const pageScript = `
const narrow = matchMedia("(max-width: 40rem)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const darkColours = ${JSON.stringify(darkColours)};
function inDark(value) {
  if (typeof value === "string") return darkColours[value] ?? value;
  if (Array.isArray(value)) return value.map(inDark);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inDark(part)]));
}
function draw(plot, isDark = dark.matches) {
  const look = isDark ? "dark" : "light";
  if (plot.dataset.drawn === look) return;
  const isFirst = !plot.dataset.drawn;
  plot.dataset.drawn = look;
  const figure = JSON.parse(document.getElementById(plot.id + "-data").textContent);
  const { data, layout } = isDark ? inDark(figure) : figure;
  if (isFirst) plot.replaceChildren();
  // On a phone a finger that moves over a figure scrolls the page.
  const touch = narrow.matches ? { dragmode: false } : {};
  Plotly.react(plot, data, { ...layout, ...touch }, { responsive: true, displaylogo: false, displayModeBar: narrow.matches ? false : "hover" });
}
const plots = document.querySelectorAll(".plot");
const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) draw(target);
}, { rootMargin: "800px" });
for (const plot of plots) near.observe(plot);
dark.addEventListener("change", () => {
  for (const plot of plots) if (plot.dataset.drawn) draw(plot);
});
// A table that is wider than its box says so.
const boxes = document.querySelectorAll(".scroll");
const measure = (box) => {
  const isWide = box.scrollWidth > box.clientWidth + 1;
  box.classList.toggle("wide", isWide && box.scrollLeft + box.clientWidth < box.scrollWidth - 1);
  box.nextElementSibling.hidden = !isWide;
};
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) measure(target.matches(".scroll") ? target : target.parentElement);
});
for (const box of boxes) {
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.textContent = "Scroll sideways for more →";
  box.after(hint);
  box.addEventListener("scroll", () => measure(box), { passive: true });
  sizes.observe(box);
  sizes.observe(box.firstElementChild);
}
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("section details:has(.h2t-table)")) details.open = true;
  for (const plot of plots) draw(plot, false);
});
addEventListener("afterprint", () => {
  for (const plot of plots) draw(plot);
});

const contents = document.querySelector("nav details");
contents.open = !matchMedia("(max-width: 64rem)").matches;
// A link to what is folded away unfolds it.
function unfold() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  const folded = target && target.closest("details");
  if (folded) { folded.open = true; target.scrollIntoView(); }
}
addEventListener("hashchange", unfold);
unfold();

const panel = document.getElementById("origin");
let picked = null;
function show(cell) {
  panel.replaceChildren();
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", "Close");
  const list = document.createElement("dl");
  for (const line of cell.dataset.origin.split("\\n")) {
    const at = line.indexOf(": ");
    const entry = document.createElement("div");
    for (const [tag, text] of [["dt", line.slice(0, at)], ["dd", line.slice(at + 2)]]) {
      entry.append(Object.assign(document.createElement(tag), { textContent: text }));
    }
    list.append(entry);
  }
  panel.append(close, list);
  panel.hidden = false;
  if (narrow.matches) return panel.removeAttribute("style");
  const box = cell.getBoundingClientRect();
  const below = box.bottom + panel.offsetHeight + 12 < innerHeight || box.top < panel.offsetHeight;
  panel.style.top = scrollY + (below ? box.bottom + 6 : box.top - panel.offsetHeight - 6) + "px";
  panel.style.left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - panel.offsetWidth - 8)) + "px";
}
function pick(cell) {
  picked?.classList.remove("picked");
  picked = cell;
  if (cell === null) { panel.hidden = true; return; }
  cell.classList.add("picked");
  show(cell);
}
for (const table of document.querySelectorAll(".h2t-table table")) {
  const cells = [...table.querySelectorAll("td[title]")];
  for (const cell of cells) {
    cell.dataset.origin = cell.title;
    cell.removeAttribute("title");
    cell.tabIndex = -1;
    cell.setAttribute("aria-haspopup", "true");
  }
  if (cells.length > 0) cells[0].tabIndex = 0;
  table.setAttribute("role", "grid");
}
const cellAt = (target) => target.closest?.("td[data-origin]") ?? null;
function focusOn(cell) {
  for (const other of cell.closest("table").querySelectorAll("td[tabindex='0']")) other.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
}
document.addEventListener("click", (event) => {
  if (event.target.closest("#origin button")) return pick(null);
  if (event.target.closest("#origin")) return;
  const cell = cellAt(event.target);
  if (cell) focusOn(cell);
  pick(cell === picked ? null : cell);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return pick(null);
  const cell = cellAt(event.target);
  if (!cell) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    return pick(cell === picked ? null : cell);
  }
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  if (!step) return;
  event.preventDefault();
  const lines = [...cell.closest("tbody").rows].map((row) => [...row.cells].filter((one) => one.dataset.origin)).filter((line) => line.length > 0);
  const row = lines.findIndex((line) => line.includes(cell));
  const next = lines[row + step[0]]?.[lines[row].indexOf(cell) + step[1]];
  if (!next) return;
  focusOn(next);
  if (picked) pick(next);
});
let waiting;
document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse" || picked) return;
  clearTimeout(waiting);
  const cell = cellAt(event.target);
  if (cell) waiting = setTimeout(() => picked || show(cell), 300);
  else if (!event.target.closest("#origin")) panel.hidden = true;
});
`;
