import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { type FindingsPart, partOf } from "../../src/report/findings/findings-part.ts";
import { gainText, meanText, publishedCell, sourceText } from "../../src/report/findings/parts.ts";
import type { Study } from "../../src/report/findings/study.ts";
import { dash, formatGain, formatPercent } from "../../src/report/percent.ts";

/** Plain CE, and H2T with its base, in the order of Table 1; with its base where the gain is of interest. */
const rows: readonly (readonly [key: string, base?: string])[] = [
  ["ce"],
  ["dr-mu"],
  ["dr-h2t", "dr-mu"],
  ["mislas"],
  ["mislas-h2t", "mislas"],
];

function publishedGain(key: string, base: string | undefined): string {
  const [fused, without] = [publishedCell(key), base === undefined ? null : publishedCell(base)];
  return fused === null || without === null ? dash : formatGain(fused - without);
}

/** Accuracy over all classes and H2T's gain, by the paper and here: the first numbers that a reader sees. */
export function headlinePart({ measured }: Study): FindingsPart {
  const lines = rows.map(([key, base]) => {
    const rowId = `table-1/cifar10/100/${key}`;
    const ours = measured({ rowId, metric: "all", epoch: "bestOnTest" });
    return [
      ...[findExperiment(rowId).label, formatPercent(publishedCell(key)), publishedGain(key, base)],
      ...[meanText(ours), gainText(ours?.gain ?? null), sourceText(ours)],
    ];
  });
  return partOf(["row", "paper", "paper: gain of H2T", "ours", "ours: gain of H2T", "from"], lines);
}
