import { createHash } from "node:crypto";
import type { Experiment, Profile } from "../experiments/experiment.ts";
import { underProfile } from "../experiments/profiles.ts";
import { findExperiment } from "../experiments/rows/experiments.ts";
import type { Stage } from "../stages/stage.ts";
import { canonicalJson } from "../storage/canonical-json.ts";
import type { RunRecord } from "./record.ts";

/** Input of the hash that names a run. */
export interface RunKey {
  readonly configuration: RunRecord["configuration"];
  readonly seed: number;
  readonly profile: Profile;
  /** Digest of the packed data set. */
  readonly dataDigest: string;
}

/** The first 16 hexadecimal digits of SHA-256 over the key's canonical JSON. */
export function hashOfRun({ configuration, seed, profile, dataDigest }: RunKey): string {
  const text = canonicalJson({ configuration, seed, profile, dataDigest });
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** One run, resolved: its row, the run that it starts from, and its name. */
export interface RunPlan extends RunKey {
  /** For messages; rows with equal configurations have plans of one run. */
  readonly row: Experiment;
  readonly runId: string;
  /** The row's stage with the profile applied. */
  readonly stage: Stage;
  /** The run whose weights this one starts from; null for a stage I. */
  readonly parent: RunPlan | null;
}

/** What decides a run besides its row. */
export interface PlanOptions {
  readonly seed: number;
  readonly profile: Profile;
  readonly dataDigest: string;
  /** Seed of the run that it starts from. @default its own */
  readonly fromSeed?: number | undefined;
}

/**
 * Resolves a row to its run and, through `from`, to the runs that it starts from.
 *
 * Ids and labels of rows are not part of the configuration, so rows with identical configurations share one run.
 *
 * @example planRun(findExperiment("table-5/bs-is"), { seed: 3, profile: "paper", dataDigest }).parent?.row.id; // → "table-5/ce"
 */
export function planRun(
  row: Experiment,
  { seed, profile, dataDigest, fromSeed = seed }: PlanOptions,
): RunPlan {
  const parent =
    row.from === undefined
      ? null
      : planRun(findExperiment(row.from), { seed: fromSeed, profile, dataDigest });
  const stage = underProfile(row.stage, profile);
  const configuration = {
    dataset: row.dataset,
    imbalanceRatio: row.imbalanceRatio,
    model: { backbone: row.backbone, classifier: { ...row.classifier } },
    stage: { ...stage },
    from: parent?.runId ?? null,
  };
  const runId = hashOfRun({ configuration, seed, profile, dataDigest });
  return { row, runId, configuration, stage, seed, profile, dataDigest, parent };
}

/** A plan after those that it starts from: stage I first. */
export const withParents = (plan: RunPlan): RunPlan[] =>
  plan.parent === null ? [plan] : [...withParents(plan.parent), plan];

/**
 * The name of the run that gives a row its numbers.
 *
 *     id = first 16 hexadecimal digits of SHA-256(canonical JSON of configuration, seed, profile, data digest)
 *
 * @param experiment - the row; only what decides its numbers counts.
 * @param profile - how long it trains.
 * @param dataDigest - digest of the packed data set (`Dataset.digest`).
 * @param fromSeed - seed of the run that it starts from; its own unless given.
 * @returns equal for rows of equal configuration, such as `table-5/bs-is` and `table-1/cifar100/100/dr-h2t`.
 * @example runIdOf(findExperiment("table-5/bs-is"), 0, "paper", digest);
 */
export function runIdOf(
  experiment: Experiment,
  seed: number,
  profile: Profile,
  dataDigest: string,
  fromSeed = seed,
): string {
  return planRun(experiment, { seed, profile, dataDigest, fromSeed }).runId;
}
