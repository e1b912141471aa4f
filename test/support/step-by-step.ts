import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { batchLabels, fillTrainingBatch } from "../../src/data/batches/batch.ts";
import { compile, type InputSpec } from "../../src/engine/compile.ts";
import { tf } from "../../src/engine/tensorflow.ts";
import { classSizes, type TrainingData, trainingSize } from "../../src/features/training-data.ts";
import { fuseHeadToTail } from "../../src/fusion/head-to-tail.ts";
import { drawExpertMasks, pooledNoise } from "../../src/fusion/lend-features.ts";
import { buildLoss } from "../../src/losses/loss.ts";
import { type Model, modelVariables, pooledFeatures, pooledSize } from "../../src/models/model.ts";
import { type Purpose, randomStream } from "../../src/random.ts";
import { drawOrder } from "../../src/samplers/draw-order.ts";
import { learningRateAt } from "../../src/stages/schedule.ts";
import type { ClassifierStage } from "../../src/stages/stage.ts";
import { buildSgd } from "../../src/training/sgd.ts";
import { targetLosses } from "../../src/training/target-losses.ts";

/** Trains stage II as the paper's Algorithm 1 says it: every step passes its batches through the backbone again. */
export function trainStepByStep(
  model: Model,
  stage: ClassifierStage,
  data: TrainingData,
  seed: number,
  onEpoch: () => void = () => {},
): void {
  const { backbone, classifier } = model;
  const { fusion } = stage;
  const { set, classIndices } = data;
  const sgd = buildSgd(classifier.parameters, stage.optimiser, stage.rateFactors);
  const losses = targetLosses(buildLoss(stage.loss, classSizes(data)), 1, seed, 2);
  const size = pooledSize(model);
  const layout = { channels: backbone.featureSize, experts: backbone.experts, moments: classifier.moments };
  const mode = stage.shiftBatchNorm ? "training" : "inference";
  const features = (batch: Tensor) => pooledFeatures(model, batch as Tensor4D, mode);
  const images: InputSpec = { shape: [null, set.height, set.width, 3], dtype: "float32" };
  const inputs: Record<string, InputSpec> = {
    images,
    fusingImages: images,
    mask: { shape: [size], dtype: "float32" },
    noise: { shape: [null, size], dtype: "float32" },
    labels: { shape: [null], dtype: "int32" },
    learningRate: { shape: [], dtype: "float32" },
    ...losses.inputs,
  };
  /** Passes the fusing batch also where something else is lent: it moves the statistics. */
  const lent = (input: Readonly<Record<string, Tensor>>): Tensor2D => {
    const fusing = features(input.fusingImages as Tensor);
    const content = fusion.kind === "none" ? undefined : fusion.content;
    if (content === "noise") return input.noise as Tensor2D;
    return content === "zeros" ? tf.zerosLike(fusing) : fusing;
  };
  const step = compile(
    (input) => {
      const fused = features(input.images as Tensor);
      const pooled =
        fusion.kind === "none" ? fused : fuseHeadToTail(fused, lent(input), input.mask as Tensor1D);
      const { value, grads } = tf.variableGrads(
        () =>
          losses.compute(classifier.heads(pooled, "training"), [{ labels: input.labels as Tensor1D }], input),
        [...classifier.parameters.values()],
      );
      sgd.update(grads, input.learningRate as Tensor);
      return { loss: value };
    },
    { inputs, variables: [...modelVariables(model).values(), ...sgd.velocities.values()] },
  );
  for (let epoch = 0; epoch < stage.epochs; epoch++) {
    const stream = (purpose: Purpose) => randomStream(seed, purpose, 2, epoch);
    const images = trainingSize(data);
    const order = drawOrder(stage.sampler, classIndices, images, stream("order"));
    const fusingOrder =
      fusion.kind === "none"
        ? order
        : drawOrder(fusion.fusingSampler, classIndices, images, stream("fusing-order"));
    const [augmentation, fusingAugmentation] = [stream("augmentation"), stream("fusing-augmentation")];
    const [channels, noise] = [stream("fusion"), stream("fusing-noise")];
    const lossInputs = losses.beginEpoch(epoch);
    for (let start = 0; start < images; start += stage.batchSize) {
      const indices = order.subarray(start, start + stage.batchSize);
      const pixels = () => new Float32Array(indices.length * set.height * set.width * 3);
      const [batch, fusing] = [pixels(), pixels()];
      fillTrainingBatch(batch, set, indices, augmentation);
      fillTrainingBatch(
        fusing,
        set,
        fusingOrder.subarray(start, start + stage.batchSize),
        fusingAugmentation,
      );
      step.run({
        images: batch,
        fusingImages: fusing,
        mask:
          fusion.kind === "none" ? new Float32Array(size) : drawExpertMasks(fusion.ratio, layout, channels),
        noise: pooledNoise(indices.length * size, noise),
        labels: batchLabels(set, indices),
        learningRate: Float32Array.of(
          learningRateAt(stage.schedule, stage.optimiser.learningRate, epoch, stage.epochs),
        ),
        ...lossInputs(indices.length),
      });
    }
    step.writeBack();
    onEpoch();
  }
  step.dispose();
  for (const velocity of sgd.velocities.values()) velocity.dispose();
}
