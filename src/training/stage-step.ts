import type { NamedVariables } from "../models/model.ts";

/** One stage's way of training a batch. */
export interface StageStep {
  /** Velocities of what the stage trains; a checkpoint holds them beside the model. */
  readonly velocities: NamedVariables;
  /**
   * Starts an epoch: its random streams begin anew.
   *
   * @param epoch - epochs finished before this one.
   * @returns trains one batch of images, given by their indices and place in the epoch, and returns its loss.
   */
  beginEpoch(epoch: number): (indices: Int32Array, start: number, learningRate: number) => number;
  /** Brings the trained values into the model's variables. */
  writeBack(): void;
  /** Frees the graphs and velocities; the model stays. */
  dispose(): void;
}
