import type { NamedVariables } from "../models/model.ts";
import type { Breathe } from "./breathe.ts";

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
   * @returns trains one batch of images, given by their indices and place in the epoch, and returns its loss.
   */
  beginEpoch(
    epoch: number,
    order: Int32Array,
  ): (indices: Int32Array, start: number, learningRate: number) => number;
  /** Ends a whole epoch: brings what it changed into the model's variables. */
  endEpoch(): void;
  /** Frees the graphs and velocities; the model stays. */
  dispose(): void;
}
