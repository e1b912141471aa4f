import type { Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { compile } from "../../src/engine/compile.ts";
import { tf } from "../../src/engine/tensorflow.ts";
import { plainRepresentation } from "../../src/experiments/methods/cross-entropy.ts";
import { crossEntropyLoss } from "../../src/losses/cross-entropy.ts";
import { modelVariables, pool } from "../../src/models/model.ts";
import { resnet32 } from "../../src/models/resnet32.ts";
import { buildSgd } from "../../src/training/sgd.ts";
import { constantBatch } from "./generated-images.ts";
import type { Task } from "./tasks.ts";

/** The step of stage I on one batch that is prepared once: what is left of a step when images cost nothing. */
export function constantStep({ batch }: { readonly batch: number }): Task {
  const model = resnet32(10);
  const { backbone, classifier } = model;
  const sgd = buildSgd(
    new Map([...backbone.parameters, ...classifier.parameters]),
    plainRepresentation.optimiser,
  );
  const parameters = [...backbone.parameters.values(), ...classifier.parameters.values()];
  const step = compile(
    ({ images, labels, learningRate }) => {
      const { value, grads } = tf.variableGrads(() => {
        const features = pool(backbone.featureMap(images as Tensor4D, "training"));
        return crossEntropyLoss(classifier.logits(features), labels as Tensor1D);
      }, parameters);
      sgd.update(grads, learningRate as Tensor);
      return { loss: value };
    },
    {
      inputs: {
        images: { shape: [null, 32, 32, 3], dtype: "float32" },
        labels: { shape: [null], dtype: "int32" },
        learningRate: { shape: [], dtype: "float32" },
      },
      variables: [...modelVariables(model).values(), ...sgd.velocities.values()],
    },
  );
  const inputs = { ...constantBatch(batch), learningRate: Float32Array.of(0.05) };
  return () => {
    step.run(inputs);
  };
}
