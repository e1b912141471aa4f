import type { RandomStream } from "../random.ts";
import { cosineClassifier } from "./cosine-classifier.ts";
import { linearClassifier } from "./linear-classifier.ts";
import type { Backbone, Classifier } from "./model.ts";
import { perExpertClassifier } from "./per-expert-classifier.ts";
import { residualBranches } from "./residual-branches.ts";
import { scaledLinearClassifier } from "./scaled-linear-classifier.ts";
import { tauNormalisedClassifier } from "./tau-normalised-classifier.ts";

/** Kind of classifier with a single output, usable alone or per expert. */
export type SingleClassifierKind =
  /** z = W x + b. */
  | { readonly kind: "linear" }
  /** z = scale · cos(x, w), no bias. */
  | { readonly kind: "cosine"; readonly scale: number };

/** Kind of classifier, from pooled features to logits `[batch, C]`, as data. */
export type ClassifierKind =
  | SingleClassifierKind
  /** z = s ⊙ (W x + b) with one scale s per class (LWS, MisLAS). */
  | { readonly kind: "scaledLinear" }
  /** z = W x, with the weights of each class divided by their norm to the power τ. */
  | { readonly kind: "tauNormalised"; readonly tau: number }
  /** One classifier per expert, on the expert's channels; predicts with the mean of their logits (RIDE). */
  | { readonly kind: "perExpert"; readonly of: SingleClassifierKind }
  /** Three branches for all, medium and tail, and tail classes; predicts with the sum of their logits (ResLT). */
  | { readonly kind: "residualBranches" };

/** Properties of the backbone that a classifier depends on. */
export type ClassifierInput = Pick<Backbone, "featureSize" | "experts">;

/**
 * Builds a classifier with random weights.
 *
 * @param input - the backbone, or its channels and experts.
 * @param numClasses - C.
 * @param stream - random numbers of the weights.
 * @example buildClassifier({ kind: "linear" }, { featureSize: 64, experts: 1 }, 10, randomStream(0, "initialisation"));
 */
export function buildClassifier(
  kind: ClassifierKind,
  input: ClassifierInput,
  numClasses: number,
  stream: RandomStream,
): Classifier {
  switch (kind.kind) {
    case "linear":
      return linearClassifier(input.featureSize, numClasses, stream);
    case "cosine":
      return cosineClassifier(input.featureSize, numClasses, kind.scale, stream);
    case "scaledLinear":
      return scaledLinearClassifier(input.featureSize, numClasses, stream);
    case "tauNormalised":
      return tauNormalisedClassifier(input.featureSize, numClasses, kind.tau, stream);
    case "perExpert": {
      const perExpert = { featureSize: input.featureSize / input.experts, experts: 1 };
      const build = () => buildClassifier(kind.of, perExpert, numClasses, stream);
      return perExpertClassifier(Array.from({ length: input.experts }, build));
    }
    case "residualBranches":
      return residualBranches(input, numClasses, stream);
  }
}
