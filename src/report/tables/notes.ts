import type { DatasetName } from "../../experiments/experiment.ts";
import { contradictedGains, describeGain } from "../../experiments/tables/contradicted-gains.ts";
import type { PaperTable } from "../../experiments/tables/table.ts";
import { dash, inferredMark } from "../percent.ts";
import { datasetTitles, profileTexts } from "../setting-titles.ts";
import { packNotes } from "./pack-notes.ts";
import { spreadNotes } from "./spread-notes.ts";
import type { Measured, TableModel } from "./table-model.ts";

const isRunnable = (rows: TableModel["rows"]) =>
  rows.some(({ cells }) => cells.some(({ rowId }) => rowId !== null));

/** What is compared with what, to be read before the numbers; `datasets` are the paper's. */
export function captionOf(
  title: string,
  datasets: readonly DatasetName[],
  { rows, options: { profile, standIn } }: Pick<TableModel, "rows" | "options">,
): string {
  if (!isRunnable(rows)) return `${title}.`;
  const run = `Ours with profile ${profileTexts[profile]}.`;
  if (standIn === null) return `${title}. ${run}`;
  const paperData = datasets.map((dataset) => datasetTitles[dataset]).join(" and ");
  return `${title}. ${run} Stand-in: ours are measured on ${datasetTitles[standIn]}, the paper's on ${paperData}; they cannot be compared, so no difference is shown.`;
}

/** Names with the same remark, before it: `A, B: the remark`. */
function namesByRemark(pairs: readonly (readonly [remark: string, name: string])[]): string[] {
  const names = new Map<string, Set<string>>();
  for (const [remark, name] of pairs) names.set(remark, (names.get(remark) ?? new Set()).add(name));
  return [...names].map(([remark, known]) => `${[...known].join(", ")}: ${remark}`);
}

/** What was inferred in which rows. */
function inferredNote(rows: TableModel["rows"]): string | false {
  const pairs = rows.flatMap(({ name, cells }) =>
    cells.flatMap(({ inferred }) => (inferred === null ? [] : [[inferred, name] as const])),
  );
  const items = namesByRemark(pairs).join("; ");
  return pairs.length > 0 && `${inferredMark} settings that no source gives, inferred. ${items}.`;
}

/** Which rows have only the paper's numbers, and why. */
function quotedOnlyNote(rows: TableModel["rows"]): string | false {
  const pairs = rows.flatMap(({ name, quotedOnly }) => (quotedOnly ? [[quotedOnly, name] as const] : []));
  return pairs.length > 0 && `Not run, the paper's numbers only. ${namesByRemark(pairs).join("; ")}.`;
}

/** So many rows over one base are named one by one. */
const mostNames = 4;

/** The bases of the measured gains, and what their interval is. */
function gainNote(rows: TableModel["rows"]): string | false {
  const measured = rows.flatMap(({ name, cells }) =>
    cells.flatMap(({ base, shipped, yours }) =>
      [shipped?.gain, yours?.gain].flatMap((gain) => (base && gain ? [{ name, base: base.name, gain }] : [])),
    ),
  );
  if (measured.length === 0) return false;
  const overs = new Set(measured.map(({ base }) => base));
  const names = new Set(measured.map(({ name }) => name));
  const bases =
    overs.size === 1 && names.size > mostNames
      ? `All over ${[...overs].join()}`
      : namesByRemark(measured.map(({ name, base }) => [`over ${base}`, name])).join("; ");
  const interval = measured.some(({ gain }) => gain.interval !== null)
    ? "in brackets its 95 % interval over stage-I seeds (Student's t)"
    : "no interval with fewer than three stages I";
  return `↑, ↓ behind ours: mean difference to the base, paired by seed and stage I; ${interval}. ${bases}.`;
}

/** Where the paper contradicts itself, which else would look like a fault of the table. */
function printedGainNote(table: PaperTable): string | false {
  const items = contradictedGains(table).map(describeGain);
  return items.length > 0 && `The paper prints ↑ that its accuracies do not give. ${items.join("; ")}.`;
}

/** What fills a table of which no row can be run yet. */
function waitingNote(name: string, waitsFor: string | undefined): string | false {
  if (waitsFor === undefined) return false;
  return `${dash} in ours: the kit cannot run these methods yet, which takes ${waitsFor}; once it can: ./reproduce.sh --only ${name} --profile paper`;
}

/**
 * The remarks below a table, each only where it applies.
 *
 * @param model - the table as far as it is made.
 * @param table - what it is made from.
 */
export function footnotesOf(
  model: Pick<TableModel, "name" | "columns" | "rows" | "packs" | "options" | "command">,
  table: PaperTable,
): readonly string[] {
  const { rows, columns, options, command } = model;
  const measured = rows
    .flatMap(({ cells }) => cells.flatMap(({ shipped, yours }) => [shipped, yours]))
    .filter((cell): cell is Measured => cell !== null);
  const notes: (string | false)[] = [
    "Accuracy in percent, of the balanced test set.",
    rows.some(({ source }) => source === "quoted") &&
      "★ quoted by the paper from the method's own publication.",
    rows.some(({ source }) => source === "added") && "† added by the kit; not in the paper.",
    inferredNote(rows),
    quotedOnlyNote(rows),
    measured.length > 0 &&
      (options.epoch === "bestOnTest"
        ? "Ours at the epoch with the best test accuracy: the paper's protocol, which picks the model on the test set."
        : "Ours after the last epoch; the paper's at the epoch with the best test accuracy."),
    columns.some(({ metric }) => metric !== "all") &&
      (options.groupRule === "byIndex"
        ? "Head, medium and tail by the index ranges that the paper's tables use."
        : "Ours in groups by count (head n > 100, medium 20 < n ≤ 100, tail n ≤ 20), as the paper's text says; its tables use index ranges."),
    measured.some(({ difference }) => difference !== null) &&
      "In parentheses: ours minus the paper's, in percentage points.",
    printedGainNote(table),
    gainNote(rows),
    ...spreadNotes(model),
    measured.some(({ origin }) => origin === "re-encoded") &&
      "Ours from re-encoded images (such as JPEG): close to the official bytes, not equal to them.",
    measured.some(({ origin }) => origin === "generated") && "Ours from generated images, not photographs.",
    ...packNotes(model.packs),
    measured.some(({ percent }) => percent === null) && "A group without classes has no accuracy.",
    waitingNote(model.name, table.waitsFor),
    command !== null && `${dash} has no record; to fill those that the kit can run: ${command}`,
  ];
  return notes.filter((note) => note !== false);
}
