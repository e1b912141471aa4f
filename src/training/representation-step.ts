import type { Scalar, Tensor1D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { compile } from "../engine/compile.ts";
import { tf } from "../engine/tensorflow.ts";
import { mixedLoss, mixImages } from "../fusion/mixup.ts";
import { batchLabels, fillTrainingBatch } from "../images/batch.ts";
import { lossFunction } from "../losses/loss.ts";
import { type Model, modelVariables, pool } from "../models/model.ts";
import { randomStream } from "../random.ts";
import { buildSgd } from "./sgd.ts";
import type { RepresentationStage } from "./stage.ts";
import type { StageStep } from "./stage-step.ts";
import type { TrainingData } from "./training-data.ts";

/** Stage I: trains every parameter of the model. */
export function representationStep(
  model: Model,
  stage: RepresentationStage,
  { set }: TrainingData,
  seed: number,
): StageStep {
  const { backbone, classifier } = model;
  const parameters = new Map([...backbone.parameters, ...classifier.parameters]);
  const sgd = buildSgd(parameters, stage.optimiser);
  const loss = lossFunction(stage.loss);
  const { mixing } = stage;
  const imageShape = [set.height, set.width, 3] as const;

  const step = compile(
    ({ images, labels, partner, lambda, learningRate }) => {
      const y = labels as Tensor1D;
      const pi = partner as Tensor1D;
      const share = lambda as Scalar;
      const x = images as Tensor4D;
      const { value, grads } = tf.variableGrads(() => {
        const input = mixing.kind === "mixup" ? mixImages(x, pi, share) : x;
        const logits = classifier.logits(pool(backbone.featureMap(input, "training")));
        return mixing.kind === "mixup"
          ? mixedLoss((labelled) => loss(logits, labelled), y, pi, share)
          : loss(logits, y);
      }, [...parameters.values()]);
      sgd.update(grads, learningRate);
      return { loss: value };
    },
    {
      inputs: {
        images: { shape: [null, ...imageShape], dtype: "float32" },
        labels: { shape: [null], dtype: "int32" },
        partner: { shape: [null], dtype: "int32" },
        lambda: { shape: [], dtype: "float32" },
        learningRate: { shape: [], dtype: "float32" },
      },
      variables: [...modelVariables(model).values(), ...sgd.velocities.values()],
    },
  );

  return {
    velocities: sgd.velocities,
    prepare: async () => {},
    beginEpoch(epoch) {
      const augmentation = randomStream(seed, "augmentation", 1, epoch);
      const mixup = randomStream(seed, "mixup", 1, epoch);
      return (indices, _start, learningRate) => {
        const images = new Float32Array(indices.length * set.height * set.width * 3);
        fillTrainingBatch(images, set, indices, augmentation);
        const mixed = mixing.kind === "mixup";
        const results = step.run({
          images,
          labels: batchLabels(set, indices),
          lambda: Float32Array.of(mixed ? mixup.beta(mixing.alpha, mixing.alpha) : 1),
          partner: mixed ? mixup.permutation(indices.length) : new Int32Array(indices.length),
          learningRate: Float32Array.of(learningRate),
        });
        return results.loss[0] as number;
      };
    },
    endEpoch: () => step.writeBack(),
    dispose() {
      step.dispose();
      for (const velocity of sgd.velocities.values()) velocity.dispose();
    },
  };
}
