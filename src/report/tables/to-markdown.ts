import { columnTitle } from "../../experiments/tables/table.ts";
import { dash } from "../percent.ts";
import { hasYears, nameOf, partsOf, sourcesOf, textOf } from "./table-layout.ts";
import type { TableModel } from "./table-model.ts";

const escapeMarkdown = (text: string) => text.replace(/[\\`*_[\]<>|#$~&]/g, "\\$&");
const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/**
 * A table as Markdown (GitHub's tables), caption above and footnotes below.
 *
 * @param model - as `renderTable` makes it.
 * @returns lines that end in a line feed.
 * @example console.log(toMarkdown(renderTable(findTable("table-5"), records, { profile: "paper" })));
 */
export function toMarkdown(model: TableModel): string {
  const sources = sourcesOf(model);
  const years = hasYears(model);
  const left = years ? ["Method", "Year"] : ["Method"];
  const headings = model.columns.flatMap((each) => {
    const column = escapeMarkdown(columnTitle(each));
    return sources.length === 1 ? [column] : sources.map((source) => `${column}: ${source}`);
  });
  const body = partsOf(model).flatMap(({ heading, rows }) => [
    ...(heading === null ? [] : [line([`**${heading}**`, ...[...left.slice(1), ...headings].map(() => "")])]),
    ...rows.map((row) =>
      line([
        escapeMarkdown(nameOf(row)),
        ...(years ? [row.year === null ? dash : String(row.year)] : []),
        ...row.cells.flatMap((cell) => sources.map((source) => textOf(cell, row, source))),
      ]),
    ),
  ]);
  return `${[
    escapeMarkdown(model.caption),
    "",
    line([...left, ...headings]),
    line([":--", ...left.slice(1).map(() => ":--"), ...headings.map(() => "--:")]),
    ...body,
    "",
    ...model.footnotes.map((note) => `- ${escapeMarkdown(note)}`),
  ].join("\n")}\n`;
}
