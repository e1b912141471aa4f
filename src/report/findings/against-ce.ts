import { methods } from "../../experiments/methods/methods.ts";
import { metrics } from "../../experiments/tables/table.ts";
import { dash, formatDifference } from "../percent.ts";
import { type FindingsPart, partOf } from "./findings-part.ts";
import { groupHeads, publishedCell, sourceText } from "./parts.ts";
import type { Study } from "./study.ts";

const minus = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a - b;
const text = (difference: number | null): string =>
  difference === null ? dash : formatDifference(difference);

/** `yes` or `no`; a dash where one of them has no number. */
function sameSign(ours: number | null, published: number | null): string {
  if (ours === null || published === null) return dash;
  return Math.sign(ours) === Math.sign(published) ? "yes" : "no";
}

/**
 * Every row of Table 1's CIFAR-10-LT column at ratio 100 with a record: its mean less that of plain CE, in
 * percentage points, next to what the paper's numbers give.
 */
export function againstCePart({ measured }: Study): FindingsPart {
  const ceAll = publishedCell("ce");
  const rows = methods.flatMap(({ key, label }) => {
    if (key === "ce") return [];
    const of = (method: string) =>
      metrics.map((metric) =>
        measured({ rowId: `table-1/cifar10/100/${method}`, metric, epoch: "bestOnTest" }),
      );
    const [ours, ce] = [of(key), of("ce")];
    const all = ours.at(-1) ?? null;
    if (all === null) return [];
    const differences = ours.map((cell, i) => minus(cell?.percent ?? null, ce[i]?.percent ?? null));
    const published = minus(publishedCell(key), ceAll);
    const sign = sameSign(differences.at(-1) ?? null, published);
    return [[label, sourceText(all), ...differences.map(text), text(published), sign]];
  });
  return partOf(["row", "from", ...groupHeads, "paper, all", "same sign"], rows);
}
