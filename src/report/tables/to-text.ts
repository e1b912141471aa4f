import { columnTitle } from "../../experiments/tables/table.ts";
import { compactSourcesOf, linesOf, nameOf, partsOf, type Source } from "./table-layout.ts";
import type { RowModel, TableModel } from "./table-model.ts";

/** Between two columns. */
const gap = "  ";

/** A column of the table with those of its sources that have numbers; `texts` has one list of lines a row. */
interface Block {
  readonly heading: string;
  readonly sources: readonly Source[];
  readonly widths: readonly number[];
  readonly at: number;
}

const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => text.length));

function wrap(text: string, width: number, indent = ""): string {
  const lines = text.match(new RegExp(`\\S.{0,${width - indent.length - 1}}(?=\\s|$)|\\S+`, "g")) ?? [];
  return lines.join(`\n${indent}`);
}

function blockOf({ columns, rows }: TableModel, at: number, sources: readonly Source[]): Block {
  const column = columns[at];
  const heading = column === undefined ? "" : columnTitle(column);
  const widths = sources.map((source) =>
    widest([source, ...rows.flatMap((row) => linesIn(row, at, source))]),
  );
  // Where the heading is wider than what stands below it, the last column grows.
  const missing = heading.length - widths.reduce((sum, one) => sum + one + gap.length, -gap.length);
  return { heading, sources, at, widths: widths.map((one, i) => one + (i > 0 ? 0 : Math.max(0, missing))) };
}

function linesIn(row: RowModel, at: number, source: Source): readonly string[] {
  const cell = row.cells[at];
  return cell === undefined ? [] : linesOf(cell, row, source);
}

const widthOf = ({ widths }: Block) => widths.reduce((sum, one) => sum + one + gap.length, 0);

/** Blocks side by side as far as the width reaches, then below. */
function stacked(blocks: readonly Block[], room: number): Block[][] {
  const stacks: Block[][] = [];
  let left = 0;
  for (const block of blocks) {
    left -= widthOf(block);
    if (left < 0 || stacks.length === 0) {
      stacks.push([]);
      left = room - widthOf(block);
    }
    stacks.at(-1)?.push(block);
  }
  return stacks;
}

/** The paper's rows, and of the kit's own those with a number here. */
const rowsOf = ({ rows }: TableModel, stack: readonly Block[]) =>
  rows.filter(
    ({ source, cells }) =>
      source !== "added" || stack.some(({ at }) => cells[at]?.shipped || cells[at]?.yours),
  );

/**
 * A table for a terminal: aligned, columns that do not fit side by side below each other, ours only where there are such,
 * as are rows of the kit's own.
 *
 * @param model - as `renderTable` makes it.
 * @param width - characters in a line, at least 40.
 * @returns lines that end in a line feed.
 */
export function toText(model: TableModel, width: number): string {
  const nameWidth = widest(["Method", ...model.rows.map(nameOf)]);
  const blocks = compactSourcesOf(model).map((sources, at) => blockOf(model, at, sources));
  const rowLines = (row: RowModel, stack: readonly Block[]) => {
    const cells = stack.flatMap(({ sources, widths, at }) =>
      sources.map((source, i) => ({ lines: linesIn(row, at, source), width: widths[i] ?? 0 })),
    );
    const height = Math.max(1, ...cells.map(({ lines }) => lines.length));
    return Array.from({ length: height }, (_, i) => {
      const texts = cells.map((cell) => (cell.lines[i] ?? "").padStart(cell.width));
      return [(i === 0 ? nameOf(row) : "").padEnd(nameWidth), ...texts].join(gap);
    });
  };
  const tables = stacked(blocks, width - nameWidth).map((stack) =>
    [
      ["".padEnd(nameWidth), ...stack.map((one) => one.heading.padStart(widthOf(one) - gap.length))].join(
        gap,
      ),
      [
        "Method".padEnd(nameWidth),
        ...stack.flatMap(({ sources, widths }) =>
          sources.map((source, i) => source.padStart(widths[i] ?? 0)),
        ),
      ].join(gap),
      ...partsOf({ ...model, rows: rowsOf(model, stack) }).flatMap(({ heading, rows }) => [
        ...(heading === null ? [] : ["", heading]),
        ...rows.flatMap((row) => rowLines(row, stack)),
      ]),
    ].map((line) => line.trimEnd()),
  );
  return `${[
    wrap(model.caption, width),
    ...tables.map((lines) => lines.join("\n")),
    model.footnotes.map((note) => `- ${wrap(note, width, "  ")}`).join("\n"),
  ].join("\n\n")}\n`;
}
