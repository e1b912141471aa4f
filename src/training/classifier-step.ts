import type { Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { compile, type InputSpec } from "../engine/compile.ts";
import { tf } from "../engine/tensorflow.ts";
import { drawChannelMask, fuseHeadToTail } from "../fusion/head-to-tail.ts";
import { batchLabels, fillTrainingBatch } from "../images/batch.ts";
import { lossFunction } from "../losses/loss.ts";
import { type Model, modelVariables, pool } from "../models/model.ts";
import { type Purpose, type RandomStream, randomStream } from "../random.ts";
import { drawOrder } from "../samplers/draw-order.ts";
import { buildSgd } from "./sgd.ts";
import type { ClassifierStage } from "./stage.ts";
import type { StageStep } from "./stage-step.ts";
import { type TrainingData, trainingSize } from "./training-data.ts";

/**
 * Stage II: trains the classifier on the backbone's features, fused or not.
 *
 * @source paper Algorithm 1; code: H2T train_stage2.py (the fused batch passes the backbone first)
 */
export function classifierStep(
  model: Model,
  stage: ClassifierStage,
  data: TrainingData,
  seed: number,
): StageStep {
  const { backbone, classifier } = model;
  const { fusion } = stage;
  const { set } = data;
  const sgd = buildSgd(classifier.parameters, stage.optimiser);
  const loss = lossFunction(stage.loss);
  const mode = stage.shiftBatchNorm ? "training" : "inference";
  const images = { shape: [null, set.height, set.width, 3], dtype: "float32" } as const;
  const fusingInputs = {
    fusingImages: images,
    mask: { shape: [backbone.featureSize], dtype: "float32" },
  } as const;
  const inputs: Record<string, InputSpec> = {
    images,
    labels: { shape: [null], dtype: "int32" },
    learningRate: { shape: [], dtype: "float32" },
    ...(fusion.kind === "headToTail" ? fusingInputs : {}),
  };
  const features = (batch: Tensor) => pool(backbone.featureMap(batch as Tensor4D, mode));

  const step = compile(
    (input) => {
      const fused = features(input.images as Tensor);
      const pooled =
        fusion.kind === "headToTail"
          ? fuseHeadToTail(fused, features(input.fusingImages as Tensor), input.mask as Tensor1D)
          : fused;
      const { value, grads } = tf.variableGrads(
        () => loss(classifier.logits(pooled), input.labels as Tensor1D),
        [...classifier.parameters.values()],
      );
      sgd.update(grads, input.learningRate as Tensor);
      return { loss: value };
    },
    { inputs, variables: [...modelVariables(model).values(), ...sgd.velocities.values()] },
  );

  return {
    velocities: sgd.velocities,
    beginEpoch(epoch) {
      const stream = (purpose: Purpose) => randomStream(seed, purpose, 2, epoch);
      const augmentation = stream("augmentation");
      const fusingAugmentation = stream("fusing-augmentation");
      const channels = stream("fusion");
      const fusingOrder =
        fusion.kind === "headToTail"
          ? drawOrder(fusion.fusingSampler, data.classIndices, trainingSize(data), stream("fusing-order"))
          : null;
      const augmented = (indices: Int32Array, draws: RandomStream) => {
        const batch = new Float32Array(indices.length * set.height * set.width * 3);
        fillTrainingBatch(batch, set, indices, draws);
        return batch;
      };
      const lending = (start: number, count: number) => {
        if (fusion.kind !== "headToTail" || fusingOrder === null) return {};
        return {
          fusingImages: augmented(fusingOrder.subarray(start, start + count), fusingAugmentation),
          mask: drawChannelMask(fusion.ratio, backbone.featureSize, channels),
        };
      };
      return (indices, start, learningRate) => {
        const results = step.run({
          images: augmented(indices, augmentation),
          labels: batchLabels(set, indices),
          learningRate: Float32Array.of(learningRate),
          ...lending(start, indices.length),
        });
        return results.loss[0] as number;
      };
    },
    writeBack: () => step.writeBack(),
    dispose() {
      step.dispose();
      for (const velocity of sgd.velocities.values()) velocity.dispose();
    },
  };
}
