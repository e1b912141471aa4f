import { tauNormRows } from "../../experiments/studies/tau-norm.ts";
import { metrics } from "../../experiments/tables/table.ts";
import { type FindingsPart, partOf } from "./findings-part.ts";
import { groupHeads, meanText } from "./parts.ts";
import type { Study } from "./study.ts";

/** The classifier that stage I left, its weights divided by the τ-th power of their lengths, for every τ of the sweep. */
export function tauSweepPart({ measured }: Study): FindingsPart {
  const rows = tauNormRows.flatMap(({ id, dataset, classifier }) =>
    dataset === "cifar10" && classifier.kind === "tauNormalised"
      ? [
          [
            classifier.tau.toFixed(1),
            ...metrics.map((metric) => meanText(measured({ rowId: id, metric, epoch: "last" }))),
          ],
        ]
      : [],
  );
  return partOf(["τ", ...groupHeads], rows);
}
