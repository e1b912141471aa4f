import { canonicalJson } from "../canonical-json.ts";
import type { Experiment, Profile } from "../paper/experiment.ts";
import type { RunRecord } from "../paper/record.ts";
import { recordsOf, type StoredRecord } from "../paper/records.ts";
import { findExperiment } from "../paper/rows/experiments.ts";
import { configurationOf } from "../paper/run-id.ts";
import { longTailedCounts } from "../splits/long-tailed-counts.ts";
import { datasetShape } from "./dataset-shape.ts";

/** What a stage's time for an image depends on most, as a text: backbone, mixing, batch, and whether a second batch is drawn. */
function costOf({ model, stage }: Pick<RunRecord["configuration"], "model" | "stage">): string {
  const kindOf = (value: unknown) => (value instanceof Object && "kind" in value ? value.kind : null);
  const { kind, mixing, fusion, batchSize } = stage;
  return canonicalJson([model.backbone, kind, kindOf(mixing), kindOf(fusion), batchSize]);
}

/** Seconds for one image and epoch, evaluation included, by kind of training. */
type Speeds = ReadonlyMap<string, number>;

/** The mean over the records of each kind. */
function measuredSpeeds(records: readonly StoredRecord[]): Speeds {
  const sums = new Map<string, { seconds: number; imageEpochs: number }>();
  for (const { record } of records) {
    const { configuration, data, provenance } = record;
    // Those tell how fast the second row is.
    if (provenance.replayed) continue;
    const { seconds, imageEpochs } = sums.get(costOf(configuration)) ?? { seconds: 0, imageEpochs: 0 };
    sums.set(costOf(configuration), {
      seconds: seconds + provenance.wallSeconds,
      imageEpochs: imageEpochs + data.trainImages * configuration.stage.epochs,
    });
  }
  return new Map([...sums].map(([cost, { seconds, imageEpochs }]) => [cost, seconds / imageEpochs]));
}

/** How much slower this machine is than the one of the shipped records: the mean over the kinds that both have trained. */
function slowness(own: Speeds, shipped: Speeds): number {
  const ratios = [...own].flatMap(([cost, speed]) => {
    const theirs = shipped.get(cost);
    return theirs === undefined ? [] : [speed / theirs];
  });
  return ratios.length === 0 ? 1 : ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
}

/**
 * How long rows will train on this machine, stage I included where it has no record: by what its own records took without features
 * that another row had kept, and for kinds of training that it has none of by what the shipped ones took, as many times as long as
 * others take here.
 *
 * A kind of training without any record counts as the slowest that has one.
 *
 * @param records - as `readRecords` returns them.
 * @returns seconds, or `null` without any record.
 */
export function timeEstimator(
  records: readonly StoredRecord[],
): (row: Experiment, profile: Profile) => number | null {
  const speedsOf = (keeper: StoredRecord["keeper"]) =>
    measuredSpeeds(records.filter((record) => record.keeper === keeper));
  const [own, shipped] = [speedsOf("yours"), speedsOf("shipped")];
  const slower = slowness(own, shipped);
  const speeds = new Map([...[...shipped].map(([cost, speed]) => [cost, slower * speed] as const), ...own]);
  const slowest = speeds.size === 0 ? null : Math.max(...speeds.values());
  return function estimate(row, profile): number | null {
    if (slowest === null) return null;
    const { numClasses, imagesAClass } = datasetShape(row.dataset);
    const images = longTailedCounts(imagesAClass, numClasses, row.imbalanceRatio).reduce((a, b) => a + b);
    const configuration = configurationOf(row, 0, profile, "");
    const { epochs } = configuration.stage;
    const seconds = images * epochs * (speeds.get(costOf(configuration)) ?? slowest);
    const start = row.from === undefined ? undefined : findExperiment(row.from);
    const isThere = start === undefined || recordsOf(records, start, profile).length > 0;
    return seconds + (isThere ? 0 : (estimate(start, profile) ?? 0));
  };
}
