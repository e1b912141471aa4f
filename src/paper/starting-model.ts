import { type Model, modelVariables } from "../models/model.ts";
import { resnet32 } from "../models/resnet32.ts";
import { assignVariables, readVariables } from "../training/weights.ts";
import type { Experiment } from "./experiment.ts";

/**
 * The model as a row's stage starts with it: newly drawn, or with the weights of the run that it comes from.
 *
 * @param weights - the weights file of the run that it starts from, if any.
 * @throws {FailureError} if the file is missing, damaged or of another model.
 */
export async function startingModel(
  { classifier, stage }: Experiment,
  numClasses: number,
  seed: number,
  weights: string | undefined,
): Promise<Model> {
  const model = resnet32(numClasses, { classifier, seed });
  if (weights === undefined) return model;
  const all = modelVariables(model);
  const redrawn = stage.kind === "classifier" && stage.initialClassifier === "re-initialised";
  const kept = redrawn ? new Map([...all].filter(([name]) => name.startsWith("backbone."))) : all;
  assignVariables(kept, await readVariables(weights), weights);
  return model;
}
