import { relu } from "../../src/engine/ops/relu.ts";
import { buildClassifier, type ClassifierKind } from "../../src/models/classifier.ts";
import { inSequence, LayerFactory } from "../../src/models/layer-factory.ts";
import type { Model } from "../../src/models/model.ts";
import { sharedBackbone } from "../../src/models/shared-backbone.ts";
import { randomStream } from "../../src/random.ts";

const [experts, width] = [3, 8];

/** Three experts on a shared layer, put together as RIDE's and ResLT's are, with one convolution each. */
export function smallExperts(kind: ClassifierKind, numClasses = 10): Model {
  const stream = randomStream(0, "initialisation");
  const make = new LayerFactory(stream);
  const layer = (name: string, channels: number, stride: number) => {
    const norm = make.convolutionNorm(name, channels, width, stride);
    return inSequence([(x, mode) => relu(norm(x, mode))]);
  };
  const shared = layer("shared", 3, 2);
  const own = Array.from({ length: experts }, (_, e) => layer(`expert${e + 1}`, width, 2));
  const backbone = sharedBackbone(make, [shared], own, width);
  return { backbone, classifier: buildClassifier(kind, backbone, numClasses, stream), numClasses };
}
