import type { CompiledStep } from "../engine/compile.ts";
import type { Breathe } from "../features/breathe.ts";
import type { NamedVariables } from "../models/model.ts";

/** Trains one batch of images, given by their indices and place in the epoch, and returns its loss. */
export type TrainBatch = (indices: Int32Array, start: number, learningRate: number) => number;

/** One stage's way of training a batch. */
export interface StageStep {
  /** Velocities of what the stage trains; a checkpoint holds them beside the model. */
  readonly velocities: NamedVariables;
  /** Computes what is needed before the first epoch, if anything. */
  prepare(breathe: Breathe): Promise<void>;
  /**
   * Starts an epoch: its random streams begin anew.
   *
   * @param epoch - epochs finished before this one.
   * @param order - images of the epoch, in the order in which they are trained on.
   */
  beginEpoch(epoch: number, order: Int32Array): TrainBatch | Promise<TrainBatch>;
  /** Name of the model's first variable that the last batch left with a value which is no finite number; null if none is. */
  firstNonFinite(): string | null;
  /** Ends a whole epoch: brings what it changed into the model's variables. */
  endEpoch(): void;
  /** Frees the graphs and velocities; the model stays. */
  dispose(): void;
}

/** As `StageStep` has it, of what its compiled step trains. */
export function firstNonFinite(
  variables: NamedVariables,
  step: Pick<CompiledStep<never, never>, "nonFinite">,
): string | null {
  const found = new Set(step.nonFinite());
  for (const [name, variable] of variables) if (found.has(variable)) return name;
  return null;
}
