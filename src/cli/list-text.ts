import { type Profile, profiles } from "../experiments/experiment.ts";
import { duration } from "../report/duration.ts";
import type { ListedProfile, ListedRow } from "../workflow/listed-rows.ts";

const columnWidth = 20;
const indent = "  ";

/** `5 shipped`, or `about 3 h 2 min`. */
function stateOf({ records, estimatedSeconds }: ListedProfile): string {
  const count = (keeper: string) => records.filter((record) => record.keeper === keeper).length;
  const keepers = ["yours", "shipped"].filter((keeper) => count(keeper) > 0);
  if (keepers.length > 0) return keepers.map((keeper) => `${count(keeper)} ${keeper}`).join(", ");
  return estimatedSeconds === null ? "unknown" : `about ${duration(estimatedSeconds)}`;
}

/** Rows by chain, in their order. */
function chainsOf(rows: readonly ListedRow[]): Map<string, ListedRow[]> {
  const chains = new Map<string, ListedRow[]>();
  for (const row of rows) chains.set(row.chain, [...(chains.get(row.chain) ?? []), row]);
  return chains;
}

/** `Chain from stage I table-5/ce, 4 rows of stage II:`. */
function headingOf(chain: string, rows: readonly ListedRow[]): string {
  const started = rows.filter(({ stage }) => stage === "II").length;
  if (started === 0) return `Stage I ${chain}, from which no row listed starts:`;
  return `Chain from stage I ${chain}, ${started} ${started === 1 ? "row" : "rows"} of stage II:`;
}

/**
 * The rows as lines for a terminal: a heading per chain, a line per row, and what is left in total.
 *
 * @param left - seconds by profile, as `timesLeft` returns them; `null` where unknown.
 * @returns lines that end in a line feed.
 */
export function listText(
  rows: readonly ListedRow[],
  left: readonly { readonly profile: Profile; readonly seconds: number | null }[],
): string {
  const idWidth = Math.max("Left in total".length, ...rows.map(({ id }) => id.length + indent.length)) + 2;
  const line = ([first = "", ...cells]: readonly string[]) =>
    [first.padEnd(idWidth), ...cells.map((cell) => cell.padEnd(columnWidth))].join("").trimEnd();
  const chains = [...chainsOf(rows)].flatMap(([chain, own]) => [
    "",
    headingOf(chain, own),
    ...own.map((row) =>
      line([`${indent}${row.id}`, ...profiles.map((profile) => stateOf(row.profiles[profile]))]),
    ),
  ]);
  const totals = left.map(({ seconds }) => (seconds === null ? "unknown" : duration(seconds)));
  const lines = [line(["Row", ...profiles]), ...chains, "", line(["Left in total", ...totals])];
  return `${lines.join("\n")}\n`;
}
