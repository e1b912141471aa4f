import { readFileSync } from "node:fs";
import type { Tensor, Tensor1D, Tensor2D, Tensor4D, Variable } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { compile } from "../../src/engine/compile.ts";
import { tf } from "../../src/engine/tensorflow.ts";
import { crossEntropyLoss } from "../../src/losses/cross-entropy.ts";
import { buildModel } from "../../src/models/build-model.ts";
import { disposeModel, type Model, modelVariables, pool } from "../../src/models/model.ts";
import { error, fill, pixels, type Summaries, type Summary, summary } from "../support/parity.ts";

interface Golden {
  readonly heads: Summary;
  readonly backboneGradients: Summaries;
  readonly classifierGradients: Summaries;
  readonly statistics: Summaries;
  readonly logits: Summary;
  readonly float32: Readonly<Record<string, number>>;
}

/** Made by `test/golden/make-experts.py`. */
const { settings, ...golden } = JSON.parse(
  readFileSync(new URL("../golden/experts.json", import.meta.url), "utf8"),
) as Record<"bilateral" | "ride" | "ridePort" | "reslt" | "resltPort", Golden> & {
  readonly settings: Readonly<Record<"batch" | "classes" | "scale" | "alpha", number>>;
};
const { batch, classes, scale, alpha } = settings;

const resnet32 = { kind: "resnet32" } as const;
const experts = { kind: "experts", experts: 3, widths: [32, 64] } as const;
const build = {
  bilateral: (numClasses) => buildModel({ kind: "bilateral" }, { kind: "linear" }, numClasses, 0),
  ride: (numClasses) =>
    buildModel(
      { ...experts, widths: [24, 48] },
      { kind: "perExpert", of: { kind: "cosine", scale } },
      numClasses,
      0,
    ),
  ridePort: (numClasses) => buildModel(experts, { kind: "perExpert", of: { kind: "linear" } }, numClasses, 0),
  reslt: (numClasses) => buildModel(resnet32, { kind: "residualBranches" }, numClasses, 0),
  resltPort: (numClasses) => buildModel(experts, { kind: "residualBranches" }, numClasses, 0),
} satisfies Record<keyof typeof golden, (numClasses: number) => Model>;

interface Inputs {
  readonly images: Tensor;
  readonly partner: Tensor;
  readonly labels: Tensor;
  readonly partnerLabels: Tensor;
}

/** Outputs and loss of a training pass; each of BBN's branches sees a different batch. */
function training({ backbone, classifier }: Model, bilateral: boolean) {
  const features = (images: Tensor, expert?: number) =>
    pool(backbone.featureMap(images as Tensor4D, "training", expert), classifier.moments);
  const outputs = ({ images, partner }: Inputs): readonly Tensor2D[] => {
    if (!bilateral) return classifier.outputs(features(images), "training");
    const weighted = [tf.mul(features(images, 0), 2 * alpha), tf.mul(features(partner, 1), 2 * (1 - alpha))];
    return classifier.outputs(tf.concat(weighted as Tensor2D[], 1), "training");
  };
  const loss = (found: readonly Tensor2D[], inputs: Inputs) => {
    const losses = bilateral
      ? [inputs.labels, inputs.partnerLabels].map((labels, i) =>
          tf.mul(crossEntropyLoss(found[0] as Tensor2D, labels as Tensor1D), i === 0 ? alpha : 1 - alpha),
        )
      : found.map((head, h) => tf.mul(crossEntropyLoss(head, inputs.labels as Tensor1D), h + 1));
    return tf.sum(tf.stack(losses)).asScalar();
  };
  return { outputs, loss };
}

const inputs = {
  images: { shape: [null, 32, 32, 3], dtype: "float32" },
  partner: { shape: [null, 32, 32, 3], dtype: "float32" },
  labels: { shape: [null], dtype: "int32" },
  partnerLabels: { shape: [null], dtype: "int32" },
} as const;

for (const name of Object.keys(golden) as (keyof typeof golden)[]) {
  test(`${name}: compiled outputs, gradients, running statistics and prediction equal PyTorch's to float32 round-off`, (t) => {
    const expected = golden[name];
    const model = build[name](classes);
    const { backbone, classifier } = model;
    fill(model);
    const all = modelVariables(model);
    const variables = [...all.values()];
    const trained = new Map(
      [...backbone.parameters.values(), ...classifier.parameters.values()].map((v) => [v, ""]),
    );
    for (const [key, variable] of all) if (trained.has(variable)) trained.set(variable, key);
    const { outputs, loss } = training(model, name === "bilateral");
    const train = compile(
      (given: Inputs) => {
        let seen: Tensor | undefined;
        const { grads } = tf.variableGrads(() => {
          const found = outputs(given);
          seen = tf.keep(tf.stack([...found]));
          return loss(found, given);
        }, [...trained.keys()]);
        const named = [...trained].map(([{ name: id }, key]) => [key, grads[id] as Tensor] as const);
        return Object.fromEntries([["heads", seen as Tensor], ...named]);
      },
      { inputs, variables },
    );
    const predict = compile(
      ({ images }: Pick<Inputs, "images">) => ({
        logits: classifier.logits(
          pool(backbone.featureMap(images as Tensor4D, "inference"), classifier.moments),
        ),
      }),
      { inputs: { images: inputs.images }, variables },
    );
    const given = {
      images: pixels(batch, 2000),
      partner: pixels(batch, 2001),
      labels: Int32Array.from({ length: batch }, (_, i) => (i * 7) % classes),
      partnerLabels: Int32Array.from({ length: batch }, (_, i) => (i * 3) % classes),
    };
    const { heads: found, ...rest } = train.run(given);
    const gradients = Object.fromEntries(Object.entries(rest).map(([key, values]) => [key, summary(values)]));
    const logits = [...predict.run({ images: given.images }).logits];
    for (const step of [train, predict]) step.dispose();
    const statistics = Object.fromEntries(
      Object.keys(expected.statistics).map((key) => [key, summary(all.get(key) as Variable)]),
    );
    disposeModel(model);
    const keys = (of: Summaries) => Object.keys(of).sort();
    t.deepEqual(keys(gradients), keys({ ...expected.backboneGradients, ...expected.classifierGradients }));
    const errors = {
      heads: error([...(found as Float32Array)], expected.heads),
      backboneGradients: error(gradients, expected.backboneGradients),
      classifierGradients: error(gradients, expected.classifierGradients),
      statistics: error(statistics, expected.statistics),
      logits: error(logits, expected.logits),
    };
    t.log(errors);
    for (const [what, ours] of Object.entries(errors)) {
      const theirs = expected.float32[what] as number;
      t.true(ours <= 4 * theirs, `${what}: ${ours} against PyTorch's own ${theirs}`);
    }
  });
}
