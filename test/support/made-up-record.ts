import type { Experiment, Profile } from "../../src/experiments/experiment.ts";
import { numClasses } from "../../src/experiments/rows/stand-in.ts";
import type { Evaluation, RunRecord } from "../../src/runs/record.ts";
import type { StoredRecord } from "../../src/runs/records.ts";
import { planRun } from "../../src/runs/run-plan.ts";

/** Accuracies as fractions; `null` for an empty group. */
export interface MadeUpAccuracy {
  readonly head: number | null;
  readonly medium: number | null;
  readonly tail: number | null;
  readonly all: number;
}

export interface MadeUp {
  readonly seed?: number;
  /** Of stage I; its own unless given. */
  readonly fromSeed?: number;
  readonly profile?: Profile;
  readonly origin?: RunRecord["data"]["origin"];
  readonly digest?: string;
  readonly keeper?: StoredRecord["keeper"];
  /** Under the index ranges, at the best epoch on the test set. */
  readonly accuracy: MadeUpAccuracy;
  /** After the last epoch; as `accuracy` unless given. */
  readonly last?: MadeUpAccuracy;
  /** Groups by count; as `accuracy` unless given. */
  readonly byCount?: Omit<MadeUpAccuracy, "all">;
}

/** A whole record with invented numbers. Never goes to `results/`. */
export function madeUpRecord(experiment: Experiment, made: MadeUp): StoredRecord {
  const {
    seed = 0,
    fromSeed = seed,
    profile = "paper",
    origin = "official",
    keeper = "yours",
    accuracy,
    last = accuracy,
  } = made;
  const digest = made.digest ?? `made-up-${origin}`;
  const classes = numClasses[experiment.dataset];
  const evaluation = (epoch: number, { head, medium, tail, all }: MadeUpAccuracy): Evaluation => ({
    epoch,
    accuracy: all,
    groups: {
      byIndex: { head, medium, tail },
      byCount: made.byCount ?? { head, medium, tail },
    },
    perClassAccuracy: Array.from({ length: classes }, () => all),
    calibration: { ece: 0.1, mce: 0.2 },
  });
  const options = { seed, profile, dataDigest: digest, fromSeed };
  const { runId, configuration } = planRun(experiment, options);
  const record: RunRecord = {
    schemaVersion: 2,
    runId,
    configuration,
    seed,
    fromSeed: experiment.from === undefined ? null : fromSeed,
    profile,
    data: {
      digest,
      origin,
      splitDigest: "made-up",
      classCounts: Array.from({ length: classes }, () => 5),
      trainImages: classes * 5,
      testImages: classes,
    },
    backboneDigest: null,
    history: [{ ...evaluation(1, accuracy), learningRate: 0.02, trainLoss: 1.5 }],
    last: evaluation(10, last),
    bestOnTest: evaluation(7, accuracy),
    provenance: {
      versions: { "h2t-kit": "0.1.0", node: "20.20.2", tensorflow: "2.21.0" },
      threads: 2,
      oneDnn: true,
      device: "made-up CPU",
      commit: null,
      startedAt: "2026-01-02T03:04:05.000Z",
      wallSeconds: 90,
      replayed: false,
      earlier: [],
    },
  };
  const file = keeper === "shipped" ? `results/${runId}.json` : `runs/${runId}/record.json`;
  return { record, file, keeper };
}
