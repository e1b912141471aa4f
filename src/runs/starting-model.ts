import { backbones } from "../experiments/backbones.ts";
import type { Experiment } from "../experiments/experiment.ts";
import { buildModel } from "../models/build-model.ts";
import { type Model, modelVariables } from "../models/model.ts";
import { assignVariables, readVariables } from "../models/weights.ts";

/**
 * The model as a row's stage starts with it: newly drawn, or with the weights of the run that it comes from.
 *
 * @param weights - the weights file of the run that it starts from, if any.
 * @throws {FailureError} if the file is missing, damaged or of another model.
 */
export async function startingModel(
  { backbone, classifier, stage }: Experiment,
  numClasses: number,
  seed: number,
  weights: string | undefined,
): Promise<Model> {
  const model = buildModel(backbones[backbone], classifier, numClasses, seed);
  if (weights === undefined) return model;
  const all = modelVariables(model);
  const redrawn = stage.kind === "classifier" && stage.initialClassifier === "re-initialised";
  const stored = await readVariables(weights);
  const isKept = (name: string) => {
    // The scales of a linear classifier that had none begin at 1.
    if (classifier.kind === "scaledLinear" && name === "classifier.scale") return stored.tensors.has(name);
    return !redrawn || name.startsWith("backbone.");
  };
  assignVariables(new Map([...all].filter(([name]) => isKept(name))), stored, weights);
  return model;
}
