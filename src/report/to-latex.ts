import { dash } from "./percent.ts";
import { hasYears, nameOf, partsOf, sourcesOf, textOf } from "./table-layout.ts";
import type { TableModel } from "./table-model.ts";

const replacements: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  $: "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  _: "\\_",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
  "★": "$^\\star$",
  "†": "$^\\dagger$",
  "‡": "$^\\ddagger$",
  "↑": "$\\uparrow$",
  "↓": "$\\downarrow$",
  "±": "$\\pm$",
  "−": "$-$",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  "≤": "$\\le$",
  "×": "$\\times$",
  "–": "--",
  "-": "-{}",
};
/** A hyphen before another one is kept apart from it, or both would print as one dash. */
const escapeLatex = (text: string) =>
  text.replace(/-(?=-)|[\\{}$&#%_^~<>|★†‡↑↓±−≤×–]/g, (sign) => replacements[sign] ?? sign);

/** Headings over neighbouring columns: `[text, columns]`, `null` where there is none. */
function spans(headings: readonly (string | null)[], width: number): [string | null, number][] {
  const found: [string | null, number][] = [];
  for (const heading of headings) {
    const previous = found.at(-1);
    if (previous && previous[0] === heading) previous[1] += width;
    else found.push([heading, width]);
  }
  return found;
}

/** One line of headings over several columns each, with the rules below them. */
function headingLines(leftColumns: number, headings: readonly [string | null, number][]): string[] {
  let column = leftColumns + 1;
  const cells: string[] = Array.from({ length: leftColumns }, () => "");
  const rules: string[] = [];
  for (const [text, width] of headings) {
    cells.push(`\\multicolumn{${width}}{c}{${escapeLatex(text ?? "")}}`);
    if (text !== null) rules.push(`\\cmidrule(lr){${column}-${column + width - 1}}`);
    column += width;
  }
  return [`${cells.join(" & ")} \\\\`, ...(rules.length > 0 ? [rules.join(" ")] : [])];
}

/** Shrinks what follows to the line's width, if it is wider; without graphicx it stays as it is. */
const fitting = [
  "\\providecommand{\\resizebox}[3]{#3}",
  "\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%",
] as const;

/**
 * A table as LaTeX; needs the package booktabs, and graphicx to fit the page where it is wider.
 *
 * @param model - as `renderTable` makes it.
 * @returns a `table` environment, caption above, footnotes below.
 */
export function toLatex(model: TableModel): string {
  const sources = sourcesOf(model);
  const years = hasYears(model);
  const left = years ? ["Method", "Year"] : ["Method"];
  const wide = sources.length > 1;
  const columns = model.columns.length * sources.length;
  const labels = model.columns.map(({ label }) => label);
  const groups = model.columns.map(({ group }) => group);
  const last = wide ? model.columns.flatMap(() => sources) : labels;
  const body = partsOf(model).flatMap(({ heading, rows }, i) => [
    ...(i > 0 ? ["\\midrule"] : []),
    ...(heading === null ? [] : [`\\multicolumn{${left.length + columns}}{l}{\\emph{${heading}}} \\\\`]),
    ...rows.map((row) => {
      const cells = row.cells.flatMap((cell) =>
        sources.map((source) => escapeLatex(textOf(cell, row, source))),
      );
      const year = years ? [row.year === null ? escapeLatex(dash) : String(row.year)] : [];
      return `${[escapeLatex(nameOf(row)), ...year, ...cells].join(" & ")} \\\\`;
    }),
  ]);
  return `${[
    "\\begin{table}",
    "\\centering",
    `\\caption{${escapeLatex(model.caption)}}`,
    `\\label{tab:${model.name.replace(/[^a-z0-9-]/g, "-")}}`,
    ...fitting,
    `\\begin{tabular}{${left.map(() => "l").join("")}${"r".repeat(columns)}}`,
    "\\toprule",
    ...(groups.some((group) => group !== null)
      ? headingLines(left.length, spans(groups, sources.length))
      : []),
    ...(wide
      ? headingLines(
          left.length,
          labels.map((label) => [label, sources.length]),
        )
      : []),
    `${[...left, ...last.map(escapeLatex)].join(" & ")} \\\\`,
    "\\midrule",
    ...body,
    "\\bottomrule",
    "\\end{tabular}}",
    ...model.footnotes.map((note) => `\\par\\footnotesize ${escapeLatex(note)}`),
    "\\end{table}",
  ].join("\n")}\n`;
}
