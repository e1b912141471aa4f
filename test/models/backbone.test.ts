import type { Tensor4D, Variable } from "@tensorflow/tfjs-node-gpu";
import test from "ava";
import { batchNormMomentum, type StatisticsUpdate } from "../../src/engine/ops/batch-norm.ts";
import { tf } from "../../src/engine/tensorflow.ts";
import { UsageError } from "../../src/errors.ts";
import type { BackboneKind } from "../../src/models/backbone.ts";
import { buildModel } from "../../src/models/build-model.ts";
import type { ClassifierKind } from "../../src/models/classifier.ts";
import { disposeModel, modelVariables, type NamedVariables } from "../../src/models/model.ts";
import { sequence } from "../support/sequence.ts";

const ride = { kind: "experts", experts: 3, widths: [24, 48] } as const;
const port = { kind: "experts", experts: 3, widths: [32, 64] } as const;
const count = (variables: NamedVariables) => [...variables.values()].reduce((sum, { size }) => sum + size, 0);
const images = (seed: number): Tensor4D =>
  tf.tensor4d(Float32Array.from(sequence(2 * 32 * 32 * 3, seed)), [2, 32, 32, 3]);

const counts: readonly [string, BackboneKind, ClassifierKind, number, number, number][] = [
  ["ResNet-8", { kind: "resnet8" }, { kind: "linear" }, 64, 74_640, 65 * 100],
  ["BBN", { kind: "bilateral" }, { kind: "linear" }, 128, 537_488, 129 * 100],
  [
    "RIDE",
    ride,
    { kind: "perExpert", of: { kind: "cosine", scale: 30 } },
    144,
    23_824 + 3 * 248_544,
    3 * 48 * 100,
  ],
  [
    "RIDE, H2T's port",
    port,
    { kind: "perExpert", of: { kind: "linear" } },
    192,
    23_824 + 3 * 439_680,
    3 * 6500,
  ],
  ["ResLT", { kind: "resnet32" }, { kind: "residualBranches" }, 64, 463_504, 384 + 6500],
  ["ResLT, H2T's port", port, { kind: "residualBranches" }, 192, 23_824 + 3 * 439_680, 384 + 3 * 6500],
];

for (const [name, backbone, classifier, featureSize, ofBackbone, ofClassifier] of counts) {
  test(`${name}: ${ofBackbone} parameters in the backbone and ${ofClassifier} in the classifier of 100 classes`, (t) => {
    const before = tf.memory().numTensors;
    const model = buildModel(backbone, classifier, 100, 0);
    t.is(model.backbone.featureSize, featureSize);
    t.is(count(model.backbone.parameters), ofBackbone);
    t.is(count(model.classifier.parameters), ofClassifier);
    const parts = [model.backbone, model.classifier].flatMap((part) => [part.parameters, part.statistics]);
    t.is(
      modelVariables(model).size,
      parts.reduce((sum, { size }) => sum + size, 0),
    );
    disposeModel(model);
    t.is(tf.memory().numTensors, before);
  });
}

for (const kind of [{ kind: "bilateral" }, ride] as const) {
  test(`${kind.kind}: one expert's map is its part of all, and training it leaves the others' statistics alone`, (t) => {
    const model = buildModel(kind, { kind: "linear" }, 10, 0);
    const { backbone } = model;
    const valuesOf = (variable: Variable | undefined) => [...(variable?.dataSync() ?? [])];
    const maps = tf.split(backbone.featureMap(images(1), "inference"), backbone.experts, 3);
    maps.forEach((map, expert) => {
      t.deepEqual(backbone.featureMap(images(1), "inference", expert).dataSync(), map.dataSync());
    });
    const before = new Map([...backbone.statistics].map(([name, variable]) => [name, valuesOf(variable)]));
    backbone.featureMap(images(2), "training", 1);
    for (const [name, variable] of backbone.statistics) {
      const moved = valuesOf(variable).some((value, i) => value !== before.get(name)?.[i]);
      t.is(moved, !name.startsWith("expert") || name.startsWith("expert2"), name);
    }
    disposeModel(model);
  });

  test(`${kind.kind}: statistics updates come in the order of the statistics and equal those of training`, (t) => {
    const model = buildModel(kind, { kind: "linear" }, 10, 0);
    const { backbone } = model;
    const before = [...backbone.statistics.values()].map((variable) => variable.dataSync());
    const updates: StatisticsUpdate[] = [];
    backbone.featureMap(images(3), (update) => updates.push(update));
    const moved = updates
      .flatMap(({ mean, variance }) => [mean, variance])
      .map((update, i) => {
        const kept = Math.fround(1 - Math.fround(batchNormMomentum));
        return update
          .dataSync()
          .map((value, k) => Math.fround(Math.fround(kept * (before[i]?.[k] as number)) + value));
      });
    backbone.featureMap(images(3), "training");
    t.deepEqual(
      moved,
      [...backbone.statistics.values()].map((variable) => variable.dataSync()),
    );
    disposeModel(model);
  });
}

test("a missing expert: the error states the valid range", (t) => {
  const model = buildModel({ kind: "bilateral" }, { kind: "linear" }, 10, 0);
  t.throws(() => model.backbone.featureMap(images(1), "inference", 2), {
    instanceOf: UsageError,
    code: "EXPERT_OUT_OF_RANGE",
    message: /\[0, 1\], got 2;/,
  });
  disposeModel(model);
});
