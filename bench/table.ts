import { formatRatio, formatSummary } from "./format.ts";
import type { Group, Results, Row } from "./results.ts";

type Line = readonly [name: string, measured: string, relative: string];

const headings: Line = ["", "median (quartiles)", "relative to the first row"];

const lineOf = ({ name, value, timesFirst, isExtrapolated }: Row, unit: Group["unit"]): Line => [
  name,
  `${isExtrapolated ? "≈ " : ""}${formatSummary(value, unit)}`,
  timesFirst === null ? "" : `× ${formatRatio(timesFirst)}`,
];

const linesOf = ({ title, unit, rows }: Group): Line[] => [
  [`**${title}**`, "", ""],
  ...rows.map((row) => lineOf(row, unit)),
];

/** What the numbers were measured on, in a sentence. */
function conditions({ date, machine }: Results): string {
  const { cpu, cores, memoryBytes, threads, node, tensorflow, torch } = machine;
  const pytorch = torch === null ? "" : `, PyTorch ${torch}`;
  const memory = `${Math.round(memoryBytes / 2 ** 30)} GiB`;
  return `${date}, ${cpu} with ${cores} cores and ${memory}, ${threads} threads, TensorFlow ${tensorflow}${pytorch}, Node ${node}.`;
}

/**
 * Results as Markdown whose columns are aligned, so that it reads well in a terminal, too.
 *
 * @returns the conditions, the table and, where there are extrapolated numbers, what marks them; lines end in a line feed.
 */
export function resultsTable(results: Results): string {
  const lines = results.sections.flatMap(({ groups }) => groups.flatMap(linesOf));
  const widths = [0, 1, 2].map((column) =>
    Math.max(...[headings, ...lines].map((line) => (line[column] ?? "").length)),
  );
  const [left = 0, middle = 0, right = 0] = widths;
  const joined = ([name, measured, relative]: Line) =>
    `| ${name.padEnd(left)} | ${measured.padStart(middle)} | ${relative.padStart(right)} |`;
  const rule = `| :${"-".repeat(left - 1)} | ${"-".repeat(middle - 1)}: | ${"-".repeat(right - 1)}: |`;
  const isExtrapolated = results.sections.some(({ groups }) =>
    groups.some(({ rows }) => rows.some((row) => row.isExtrapolated)),
  );
  return `${[
    conditions(results),
    "",
    joined(headings),
    rule,
    ...lines.map(joined),
    ...(isExtrapolated ? ["", "≈ is extrapolated from measured epochs; all else is measured in full."] : []),
  ].join("\n")}\n`;
}
