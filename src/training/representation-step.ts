import type { Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { batchLabels, fillTrainingBatch } from "../data/batches/batch.ts";
import { rotateImages } from "../data/batches/rotate.ts";
import { compile, type InputSpec } from "../engine/compile.ts";
import { tf } from "../engine/tensorflow.ts";
import { classSizes, type TrainingData } from "../features/training-data.ts";
import { buildLoss } from "../losses/loss.ts";
import { buildMixing } from "../mixing/build-mixing.ts";
import { type Model, modelVariables } from "../models/model.ts";
import { randomStream } from "../random.ts";
import type { RepresentationStage } from "../stages/stage.ts";
import { buildSgd } from "./sgd.ts";
import { firstNonFinite, type StageStep, type TrainBatch } from "./stage-step.ts";
import { targetLosses } from "./target-losses.ts";

/** Its epochs wait for nobody. */
interface RepresentationStep extends StageStep {
  beginEpoch(epoch: number, order: Int32Array): TrainBatch;
}

/** Stage I: trains every parameter of the model. */
export function representationStep(
  model: Model,
  stage: RepresentationStage,
  data: TrainingData,
  seed: number,
): RepresentationStep {
  const { set } = data;
  const parameters = new Map([...model.backbone.parameters, ...model.classifier.parameters]);
  const sgd = buildSgd(parameters, stage.optimiser);
  const mixing = buildMixing(stage.mixing, { ...data, seed, epochs: stage.epochs });
  const losses = targetLosses(buildLoss(stage.loss, classSizes(data)), mixing.targets, seed, 1);
  const inputs: Record<string, InputSpec> = {
    images: { shape: [null, set.height, set.width, 3], dtype: "float32" },
    labels: { shape: [null], dtype: "int32" },
    learningRate: { shape: [], dtype: "float32" },
    ...mixing.inputs,
    ...losses.inputs,
  };

  const step = compile(
    (input) => {
      const { value, grads } = tf.variableGrads(() => {
        const [images, labels] = [input.images as Tensor4D, input.labels as Tensor1D];
        const { heads, targets } = mixing.forward(model, images, labels, input);
        return losses.compute(heads, targets, input);
      }, [...parameters.values()]);
      sgd.update(grads, input.learningRate as Tensor);
      return { loss: value };
    },
    { inputs, variables: [...modelVariables(model).values(), ...sgd.velocities.values()] },
  );

  return {
    velocities: sgd.velocities,
    prepare: async () => {},
    beginEpoch(epoch, order) {
      const augmentation = randomStream(seed, "augmentation", 1, epoch);
      const rotation = randomStream(seed, "rotation", 1, epoch);
      const mixingInputs = mixing.beginEpoch(epoch, order.length);
      const lossInputs = losses.beginEpoch(epoch);
      return (indices, start, learningRate) => {
        const images = new Float32Array(indices.length * set.height * set.width * 3);
        fillTrainingBatch(images, set, indices, augmentation);
        if (stage.rotation !== undefined) rotateImages(images, set, stage.rotation, rotation);
        const results = step.run({
          images,
          labels: batchLabels(set, indices),
          learningRate: Float32Array.of(learningRate),
          ...mixingInputs(start, indices.length),
          ...lossInputs(indices.length),
        });
        return results.loss?.[0] as number;
      };
    },
    firstNonFinite: () => firstNonFinite(modelVariables(model), step),
    endEpoch: () => step.writeBack(),
    dispose() {
      step.dispose();
      for (const velocity of sgd.velocities.values()) velocity.dispose();
    },
  };
}
