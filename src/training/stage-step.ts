import type { CompiledStep } from "../engine/compile.ts";
import type { YieldToEventLoop } from "../features/breathe.ts";
import type { NamedVariables } from "../models/model.ts";

/** Trains one batch, given by its image indices and its start in the epoch, and returns its loss. */
export type TrainBatch = (indices: Int32Array, start: number, learningRate: number) => number;

/** Training step of a stage. */
export interface StageStep {
  /** Velocities of the trained parameters; a checkpoint contains them as well as the model. */
  readonly velocities: NamedVariables;
  /** Prepares the first epoch. */
  prepare(yieldToEventLoop: YieldToEventLoop): Promise<void>;
  /**
   * Starts an epoch and its random streams.
   *
   * @param epoch - epochs finished before this one.
   * @param order - images of the epoch in training order.
   */
  beginEpoch(epoch: number, order: Int32Array): TrainBatch | Promise<TrainBatch>;
  /** Returns the name of the first model variable with a non-finite value after the last batch, or null. */
  firstNonFinite(): string | null;
  /** Completes an epoch and copies its changes to the model's variables. */
  endEpoch(): void;
  /** Frees the graphs and velocities but not the model. */
  dispose(): void;
}

/** Implements `StageStep.firstNonFinite` for a compiled step. */
export function firstNonFinite(
  variables: NamedVariables,
  step: Pick<CompiledStep<never, never>, "nonFinite">,
): string | null {
  const found = new Set(step.nonFinite());
  for (const [name, variable] of variables) if (found.has(variable)) return name;
  return null;
}
