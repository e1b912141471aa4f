/** What runs in the reader's browser: draws the figures, and tells where a number comes from when its cell is picked. */
export const pageScript = `
for (const plot of document.querySelectorAll(".plot")) {
  const { data, layout } = JSON.parse(document.getElementById(plot.dataset.figure).textContent);
  plot.replaceChildren();
  Plotly.newPlot(plot, data, layout, { responsive: true, displaylogo: false, displayModeBar: innerWidth < 640 ? false : "hover" });
}
const bar = document.getElementById("provenance");
let picked = null;
function pick(cell) {
  picked?.classList.remove("picked");
  picked = cell;
  bar.hidden = cell === null;
  if (cell === null) return;
  cell.classList.add("picked");
  bar.firstElementChild.textContent = cell.title;
}
for (const cell of document.querySelectorAll("td[title]")) cell.tabIndex = 0;
document.addEventListener("click", (event) => {
  const cell = event.target.closest("td[title]");
  if (cell) pick(cell === picked ? null : cell);
});
bar.querySelector("button").addEventListener("click", () => pick(null));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") pick(null);
  const cell = event.target.closest?.("td[title]");
  if (cell && event.key === "Enter") pick(cell);
});
`;
