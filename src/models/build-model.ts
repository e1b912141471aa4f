import { randomStream } from "../random.ts";
import { type BackboneKind, buildBackbone } from "./backbone.ts";
import { buildClassifier, type ClassifierKind } from "./classifier.ts";
import type { Model } from "./model.ts";

/**
 * A backbone and a classifier that fits it, with newly drawn weights.
 *
 * @param numClasses - C, at least 2.
 * @param seed - of the initial weights.
 * @returns the model, in the memory of the engine until `disposeModel` frees it.
 * @example
 * const ride = { kind: "experts", experts: 3, widths: [24, 48] } as const;
 * buildModel(ride, { kind: "perExpert", of: { kind: "cosine", scale: 30 } }, 100, 0);
 */
export function buildModel(
  backbone: BackboneKind,
  classifier: ClassifierKind,
  numClasses: number,
  seed: number,
): Model {
  const stream = randomStream(seed, "initialisation");
  const built = buildBackbone(backbone, stream);
  return { backbone: built, classifier: buildClassifier(classifier, built, numClasses, stream), numClasses };
}
