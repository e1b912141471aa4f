import { randomStream } from "../random.ts";
import { type BackboneKind, buildBackbone } from "./backbone.ts";
import { buildClassifier, type ClassifierKind } from "./classifier.ts";
import type { Model } from "./model.ts";

/**
 * Builds a backbone and a matching classifier with random weights.
 *
 * Use it for models that `resnet32` does not cover, such as several experts.
 *
 * @param backbone - kind of backbone.
 * @param classifier - kind of classifier.
 * @param numClasses - C, a whole number ≥ 2.
 * @param seed - seed of the initial weights, a whole number.
 * @returns the model; it occupies the engine's memory until `disposeModel` frees it.
 * @source paper section 4.2; the files of the backbones and classifiers name their code
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
