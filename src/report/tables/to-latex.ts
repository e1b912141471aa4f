import { dash } from "../percent.ts";
import { compactSourcesOf, hasYears, nameOf, partsOf, textOf } from "./table-layout.ts";
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

/** A heading and how many columns it is over; null where there is none. */
type Span = readonly [text: string | null, columns: number];

/** Headings over neighbouring columns, equal ones as one. */
function joined(headings: readonly Span[]): Span[] {
  const found: [string | null, number][] = [];
  for (const [text, columns] of headings) {
    const previous = found.at(-1);
    if (previous && previous[0] === text) previous[1] += columns;
    else found.push([text, columns]);
  }
  return found;
}

/** One line of headings over several columns each, with the rules below them. */
function headingLines(leftColumns: number, headings: readonly Span[]): string[] {
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
 * A table as LaTeX, without empty columns; needs the package booktabs, and graphicx to fit the page where it is wider.
 *
 * @param model - as `renderTable` makes it.
 * @returns a `table` environment, caption above, footnotes below.
 * @example const latex = toLatex(renderTable(findTable("table-5"), records, { profile: "paper" }));
 */
export function toLatex(model: TableModel): string {
  const { columns } = model;
  const sources = compactSourcesOf(model);
  const years = hasYears(model);
  const left = years ? ["Method", "Year"] : ["Method"];
  const width = sources.flat().length;
  const over = (text: "group" | "label") =>
    columns.map((column, i): Span => [column[text], sources[i]?.length ?? 0]);
  const body = partsOf(model).flatMap(({ heading, rows }, i) => [
    ...(i > 0 ? ["\\midrule"] : []),
    ...(heading === null ? [] : [`\\multicolumn{${left.length + width}}{l}{\\emph{${heading}}} \\\\`]),
    ...rows.map((row) => {
      const cells = row.cells.flatMap((cell, i) =>
        (sources[i] ?? []).map((source) => escapeLatex(textOf(cell, row, source))),
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
    `\\begin{tabular}{${left.map(() => "l").join("")}${"r".repeat(width)}}`,
    "\\toprule",
    ...(columns.some(({ group }) => group !== null) ? headingLines(left.length, joined(over("group"))) : []),
    ...headingLines(left.length, over("label")),
    `${[...left, ...sources.flat()].join(" & ")} \\\\`,
    "\\midrule",
    ...body,
    "\\bottomrule",
    "\\end{tabular}}",
    ...(model.footnotes.length > 0 ? ["\\par\\smallskip\\raggedright\\footnotesize"] : []),
    ...model.footnotes.map((note) => `\\par ${escapeLatex(note)}`),
    "\\end{table}",
  ].join("\n")}\n`;
}
