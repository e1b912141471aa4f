import type { Experiment } from "../experiments/experiment.ts";
import type { RunRecord } from "../runs/record.ts";
import type { TrainingProgress } from "../training/train-stage.ts";

/** What is told while rows train; plain data, so that it can come from another process. */
export type TrainingEvent =
  | { readonly kind: "row"; readonly row: Experiment; readonly seed: number }
  /**
   * A run begins, or goes on after the epochs of an interrupted one, its `history`; `stageRow` is the row itself, or one that
   * it starts from; `changes` is what may move its last bits since.
   */
  | {
      readonly kind: "start";
      readonly stageRow: Experiment;
      readonly history: RunRecord["history"];
      readonly changes: readonly string[];
    }
  | { readonly kind: "batch"; readonly stageRow: Experiment; readonly progress: TrainingProgress }
  | { readonly kind: "epoch"; readonly stageRow: Experiment; readonly epoch: RunRecord["history"][number] }
  /** Another process trains it, or computes what it needs, and is waited for. */
  | { readonly kind: "wait"; readonly stageRow: Experiment; readonly owner: string }
  /** The row has ended; `line` says with which numbers. */
  | { readonly kind: "result"; readonly line: string };
