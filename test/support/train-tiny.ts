import type { Model } from "../../src/models/model.ts";
import type { Stage } from "../../src/stages/stage.ts";
import { type EpochResult, type TrainingOptions, trainStage } from "../../src/training/train-stage.ts";
import { smallModel } from "./small-model.ts";
import { tinyData } from "./tiny-training.ts";

/** A small model for the tiny data. */
export const newModel = () => smallModel(10, { kind: "linear" }, 4);

/** Trains on the tiny data and returns what each epoch left behind. */
export async function trainTiny(
  model: Model,
  stage: Stage,
  options: Partial<TrainingOptions> = {},
): Promise<EpochResult[]> {
  const results: EpochResult[] = [];
  await trainStage(model, stage, {
    data: tinyData,
    seed: 0,
    onEpoch: (result) => {
      results.push(result);
    },
    ...options,
  });
  return results;
}
