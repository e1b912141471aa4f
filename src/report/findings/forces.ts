import type { Analysis } from "../../analysis/analysis.ts";
import { publishedFigure5 } from "../../experiments/published/figure-5.ts";
import { forceParts } from "../figures/force-parts.ts";
import { formatDecimals } from "../format-decimals.ts";
import { dash } from "../percent.ts";
import { type FindingsPart, partOf } from "./findings-part.ts";
import { h2tRow, openChoices } from "./parts.ts";
import type { Study } from "./study.ts";

/** What the paper's section 3.4 derives: on kept channels Eq. 10, on replaced ones Eq. 8. */
const inequalities = ["tail", "head"] as const;

/**
 * The two forces of Figure 3 at every fusion ratio that was analysed: mean projections over all pairs of classes, and the share of the
 * draws in which each inequality holds.
 *
 * @param analyses - as `readAnalyses` returns them; of a row's runs the first by seed that has one counts.
 */
export function forcesPart({ measured }: Study, analyses: readonly Analysis[]): FindingsPart {
  const [published] = openChoices;
  const rows = publishedFigure5.flatMap(({ ratio }) => {
    const rowId = published === undefined ? "" : h2tRow(published, ratio);
    const runs = measured({ rowId, metric: "all", epoch: "last" })?.runs ?? [];
    const found = runs.flatMap(({ runId }) => analyses.find((one) => one.runId === runId)?.forces ?? []);
    const [forces] = found;
    if (forces === undefined) return [];
    const parts = forceParts(forces);
    const cells = inequalities.flatMap((side) => {
      const mean = parts.find(({ above }) => above === side)?.mean;
      if (mean === undefined) return [dash, dash, dash];
      return [
        formatDecimals(mean.tail, 2),
        formatDecimals(mean.head, 2),
        `${formatDecimals(100 * mean.share, 1)} %`,
      ];
    });
    return [[ratio.toFixed(1), ...cells]];
  });
  const heads = [
    "kept: tail",
    "kept: head",
    "Eq. 10 holds",
    "replaced: tail",
    "replaced: head",
    "Eq. 8 holds",
  ];
  return partOf(["p", ...heads], rows);
}
