import type { Experiment, Profile } from "../paper/experiment.ts";
import { underProfile } from "../paper/profiles.ts";
import { recordsOf, type StoredRecord } from "../paper/records.ts";
import { findExperiment } from "../paper/rows/experiments.ts";
import { longTailedCounts } from "../splits/long-tailed-counts.ts";
import type { Stage } from "../training/stage.ts";
import { datasetShape } from "./dataset-shape.ts";

/** Kinds of training that cost differently for an image. */
type Cost = "representation" | "classifier" | "fused classifier";

const costOf = (stage: Pick<Stage, "kind"> & { readonly fusion?: unknown }): Cost =>
  stage.kind === "representation"
    ? "representation"
    : JSON.stringify(stage.fusion) === '{"kind":"none"}'
      ? "classifier"
      : "fused classifier";

/** Seconds for one image and epoch, evaluation included: the mean over this machine's own records of each kind. */
function measuredSpeeds(records: readonly StoredRecord[]): Map<Cost, number> {
  const sums = new Map<Cost, { seconds: number; imageEpochs: number }>();
  for (const { record, keeper } of records) {
    // Shipped records tell how fast another machine is, replayed ones how fast the second row is.
    if (keeper === "shipped" || record.provenance.replayed) continue;
    const { configuration, data, provenance } = record;
    const sum = sums.get(costOf(configuration.stage)) ?? { seconds: 0, imageEpochs: 0 };
    sums.set(costOf(configuration.stage), {
      seconds: sum.seconds + provenance.wallSeconds,
      imageEpochs: sum.imageEpochs + data.trainImages * configuration.stage.epochs,
    });
  }
  return new Map([...sums].map(([cost, { seconds, imageEpochs }]) => [cost, seconds / imageEpochs]));
}

/**
 * How long rows will train on this machine, stage I included where it has no record, by what its own records took
 * without features that another row had kept.
 *
 * A kind of training without a record counts as the slowest that has one.
 *
 * @param records - as `readRecords` returns them.
 * @returns seconds, or `null` before the first run on this machine.
 */
export function timeEstimator(
  records: readonly StoredRecord[],
): (row: Experiment, profile: Profile) => number | null {
  const speeds = measuredSpeeds(records);
  const slowest = speeds.size === 0 ? null : Math.max(...speeds.values());
  return function estimate(row, profile): number | null {
    if (slowest === null) return null;
    const { numClasses, imagesAClass } = datasetShape(row.dataset);
    const images = longTailedCounts(imagesAClass, numClasses, row.imbalanceRatio).reduce((a, b) => a + b);
    const { epochs } = underProfile(row.stage, profile);
    const own = images * epochs * (speeds.get(costOf(row.stage)) ?? slowest);
    const start = row.from === undefined ? undefined : findExperiment(row.from);
    const isThere = start === undefined || recordsOf(records, start, profile).length > 0;
    return own + (isThere ? 0 : (estimate(start, profile) ?? 0));
  };
}
