import type { Scalar, Tensor, Tensor1D, Tensor4D, Variable } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../../src/engine/tensorflow.ts";
import { crossEntropyLoss } from "../../src/losses/cross-entropy.ts";
import { modelVariables, pool } from "../../src/models/model.ts";
import { buildSgd } from "../../src/training/sgd.ts";
import { sequence } from "./sequence.ts";
import { smallModel } from "./small-model.ts";

/** Height and width of the images that the step takes. */
const size = 8;

/** What the step takes in; the batch may be of any size. */
export const smallStepInputs = {
  images: { shape: [null, size, size, 3], dtype: "float32" },
  labels: { shape: [null], dtype: "int32" },
  learningRate: { shape: [], dtype: "float32" },
} as const;

/** The k-th batch of some images of four classes. */
export const smallBatch = (k: number, count: number) => ({
  images: Float32Array.from(sequence(count * size * size * 3, 100 + k)),
  labels: Int32Array.from({ length: count }, (_, i) => (i * 3 + k) % 4),
  learningRate: Float32Array.of(0.1 / (1 + (k % 5))),
});

/** One step of training, and prediction, in plain TensorFlow.js, with every variable that they read or assign. */
export function smallStep() {
  const model = smallModel(4);
  const parameters = new Map([...model.backbone.parameters, ...model.classifier.parameters]);
  const sgd = buildSgd(parameters, { momentum: 0.9, nesterov: false, weightDecay: 5e-4 });
  const logits = (images: Tensor, mode: "training" | "inference") =>
    model.classifier.logits(pool(model.backbone.featureMap(images as Tensor4D, mode)));
  return {
    variables: [...modelVariables(model).values(), ...sgd.velocities.values()] as readonly Variable[],
    classifier: model.classifier.parameters,
    train({ images, labels, learningRate }: Record<keyof typeof smallStepInputs, Tensor>) {
      const { value, grads } = tf.variableGrads(
        () => crossEntropyLoss(logits(images, "training"), labels as Tensor1D),
        [...parameters.values()],
      );
      sgd.update(grads, learningRate);
      return { loss: value as Scalar };
    },
    predict: ({ images }: { images: Tensor }) => ({ logits: logits(images, "inference") }),
  };
}

/** The inputs as tensors, as TensorFlow.js takes them without `compile`. */
export const tensorsOf = ({ images, labels, learningRate }: ReturnType<typeof smallBatch>) => ({
  images: tf.tensor4d(images, [labels.length, size, size, 3]) as Tensor,
  labels: tf.tensor1d(labels, "int32") as Tensor,
  learningRate: tf.scalar(learningRate[0] as number) as Tensor,
});
