import { readFileSync } from "node:fs";
import type { Tensor1D, Tensor4D, Variable } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { tf } from "../../src/engine/tensorflow.ts";
import { crossEntropyLoss } from "../../src/losses/cross-entropy.ts";
import { disposeModel, modelVariables, pool } from "../../src/models/model.ts";
import { resnet32 } from "../../src/models/resnet32.ts";
import { buildSgd } from "../../src/training/sgd.ts";
import { error, fill, pixels, type Summaries, summary } from "../support/parity.ts";

/** Made by `test/golden/make-resnet32.py`. */
const golden = JSON.parse(readFileSync(new URL("../golden/resnet32.json", import.meta.url), "utf8")) as {
  readonly inferenceLogits: number[];
  readonly logits: number[];
  readonly losses: number[];
  readonly gradients: Summaries;
  readonly parameters: Summaries;
  readonly statistics: Summaries;
  readonly float32: Readonly<Record<string, number>>;
  readonly settings: {
    readonly batch: number;
    readonly rate: number;
    readonly momentum: number;
    readonly decay: number;
  };
};

test("ResNet-32: 463,504 parameters in the backbone, 464,154 and 470,004 with 10 and 100 classes", (t) => {
  for (const [numClasses, expected] of [
    [10, 464_154],
    [100, 470_004],
  ] as const) {
    const model = resnet32(numClasses);
    const count = (variables: Iterable<Variable>) => [...variables].reduce((sum, { size }) => sum + size, 0);
    const backbone = count(model.backbone.parameters.values());
    t.is(backbone, 463_504);
    t.is(backbone + count(model.classifier.parameters.values()), expected);
    disposeModel(model);
  }
});

test("ResNet-32: logits, loss, gradients and three SGD steps equal PyTorch's to float32 round-off", (t) => {
  const { batch, rate, momentum, decay } = golden.settings;
  const model = resnet32(10);
  fill(model);
  const images: Tensor4D = tf.tensor4d(pixels(batch, 2000), [batch, 32, 32, 3]);
  const labels: Tensor1D = tf.tensor1d(
    Int32Array.from({ length: batch }, (_, i) => (i * 7) % 10),
    "int32",
  );
  const parameters = new Map([...model.backbone.parameters, ...model.classifier.parameters]);
  const sgd = buildSgd(parameters, { momentum, nesterov: false, weightDecay: decay });
  const names = new Map([...modelVariables(model)].map(([name, variable]) => [variable.name, name]));
  const logitsOf = (mode: "training" | "inference") =>
    model.classifier.logits(pool(model.backbone.featureMap(images, mode)));

  const inferenceLogits = [...tf.tidy(() => logitsOf("inference").dataSync())];
  const losses: number[] = [];
  let gradients: Summaries = {};
  let logits: number[] = [];
  for (let step = 0; step < golden.losses.length; step++) {
    const { value, grads } = tf.variableGrads(() => {
      const computed = logitsOf("training");
      if (step === 0) logits = [...computed.dataSync()];
      return crossEntropyLoss(computed, labels);
    }, [...parameters.values()]);
    losses.push(value.dataSync()[0] as number);
    if (step === 0) {
      gradients = Object.fromEntries(
        Object.entries(grads).map(([name, tensor]) => [names.get(name) as string, summary(tensor)]),
      );
    }
    tf.tidy(() => sgd.update(grads, tf.scalar(rate)));
    tf.dispose([value, ...Object.values(grads)]);
  }
  const named = (wanted: Summaries) => {
    const all = modelVariables(model);
    return Object.fromEntries(Object.keys(wanted).map((name) => [name, summary(all.get(name) as Variable)]));
  };
  const errors = {
    inferenceLogits: error(inferenceLogits, golden.inferenceLogits),
    logits: error(logits, golden.logits),
    losses: error(losses, golden.losses),
    gradients: error(gradients, golden.gradients),
    parameters: error(named(golden.parameters), golden.parameters),
    statistics: error(named(golden.statistics), golden.statistics),
  };
  t.log(errors);
  for (const [what, ours] of Object.entries(errors)) {
    const theirs = golden.float32[what] as number;
    t.true(ours <= 4 * theirs, `${what}: ${ours} against PyTorch's own ${theirs}`);
  }
});
