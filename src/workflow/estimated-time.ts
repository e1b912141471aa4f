import type { Experiment, Profile } from "../experiments/experiment.ts";
import { findExperiment } from "../experiments/rows/experiments.ts";
import type { RunRecord } from "../runs/record.ts";
import { recordsOf, type StoredRecord } from "../runs/records.ts";
import { planRun, runIdOf } from "../runs/run-plan.ts";
import { longTailedCounts } from "../splits/long-tailed-counts.ts";
import { canonicalJson } from "../storage/canonical-json.ts";
import { datasetShape } from "./dataset-shape.ts";

/** What a stage's time for an image depends on most, as a text: backbone, mixing, batch, whether a second batch is drawn, shift-BN. */
function costOf({ model, stage }: Pick<RunRecord["configuration"], "model" | "stage">): string {
  const kindOf = (value: unknown) => (value instanceof Object && "kind" in value ? value.kind : null);
  const { kind, mixing, fusion, batchSize, shiftBatchNorm = null } = stage;
  return canonicalJson([model.backbone, kind, kindOf(mixing), kindOf(fusion), batchSize, shiftBatchNorm]);
}

/** Seconds for one image and epoch, evaluation included, by kind of training. */
type Speeds = ReadonlyMap<string, number>;

/** The fastest record of each kind: other work on the machine only ever takes time. */
function measuredSpeeds(records: readonly StoredRecord[]): Speeds {
  const speeds = new Map<string, number>();
  for (const { record } of records) {
    const { configuration, data, provenance } = record;
    // Their time is that of cached features.
    if (provenance.replayed) continue;
    const speed = provenance.wallSeconds / (data.trainImages * configuration.stage.epochs);
    const cost = costOf(configuration);
    speeds.set(cost, Math.min(speed, speeds.get(cost) ?? speed));
  }
  return speeds;
}

/** How much slower this machine is than the one of the shipped records: the mean over the kinds that both have trained. */
function slowness(own: Speeds, shipped: Speeds): number {
  const ratios = [...own].flatMap(([cost, speed]) => {
    const theirs = shipped.get(cost);
    return theirs === undefined ? [] : [speed / theirs];
  });
  return ratios.length === 0 ? 1 : ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
}

/** Seconds of a row's own stage on this machine; `null` without any record. */
type StageTime = (row: Experiment, profile: Profile) => number | null;

/**
 * How long the stage of a row trains on this machine, without the stage I that it starts from.
 *
 * The measure is the fastest comparable run here that used no cached features; otherwise a shipped run, scaled to this machine. A kind of
 * training without any record counts as the slowest that has one.
 */
function stageTimer(records: readonly StoredRecord[]): StageTime {
  const speedsOf = (keeper: StoredRecord["keeper"]) =>
    measuredSpeeds(records.filter((record) => record.keeper === keeper));
  const [own, shipped] = [speedsOf("yours"), speedsOf("shipped")];
  const slower = slowness(own, shipped);
  const speeds = new Map([...[...shipped].map(([cost, speed]) => [cost, slower * speed] as const), ...own]);
  const slowest = speeds.size === 0 ? null : Math.max(...speeds.values());
  return (row, profile) => {
    if (slowest === null) return null;
    const { numClasses, imagesAClass } = datasetShape(row.dataset);
    const images = longTailedCounts(imagesAClass, numClasses, row.imbalanceRatio).reduce((a, b) => a + b);
    const { configuration } = planRun(row, { seed: 0, profile, dataDigest: "" });
    return images * configuration.stage.epochs * (speeds.get(costOf(configuration)) ?? slowest);
  };
}

const parentOf = ({ from }: Experiment) => (from === undefined ? undefined : findExperiment(from));

/**
 * How long rows will train on this machine, including the stage I of a row where that has no record.
 *
 * @param records - as `readRecords` returns them.
 * @returns seconds, or `null` without any record.
 */
export function timeEstimator(
  records: readonly StoredRecord[],
): (row: Experiment, profile: Profile) => number | null {
  const stageTime = stageTimer(records);
  return function estimate(row, profile): number | null {
    const seconds = stageTime(row, profile);
    const start = parentOf(row);
    if (seconds === null || start === undefined) return seconds;
    const isThere = recordsOf(records, start, profile).length > 0;
    return seconds + (isThere ? 0 : (estimate(start, profile) ?? 0));
  };
}

/**
 * How long the missing rows will train in total, with one seed each: a stage I that several start from, and a run that several rows
 * share, count once.
 *
 * @param records - as `readRecords` returns them.
 * @returns seconds, or `null` without any record.
 */
export function secondsLeft(
  rows: readonly Experiment[],
  profile: Profile,
  records: readonly StoredRecord[],
): number | null {
  const stageTime = stageTimer(records);
  const missing = new Map<string, Experiment>();
  const visit = (row: Experiment): void => {
    if (recordsOf(records, row, profile).length > 0) return;
    missing.set(runIdOf(row, 0, profile, ""), row);
    const start = parentOf(row);
    if (start !== undefined) visit(start);
  };
  for (const row of rows) visit(row);
  const times = [...missing.values()].map((row) => stageTime(row, profile));
  return times.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}
