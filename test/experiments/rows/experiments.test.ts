import test from "ava";
import { UsageError } from "../../../src/errors.ts";
import { experiments, findExperiment } from "../../../src/experiments/rows/experiments.ts";
import type { ClassifierStage, RepresentationStage } from "../../../src/stages/stage.ts";

const ids = experiments().map(({ id }) => id);

test("experiments: ids are unique, and the rows that others start from or improve on exist", (t) => {
  t.is(new Set(ids).size, ids.length);
  for (const { id, from, base } of experiments()) {
    for (const other of [from, base]) t.true(other === undefined || ids.includes(other), `${id}: ${other}`);
  }
});

test("experiments: Table 5 has the paper's rows, and Figure 5 its ratios, also on both frozen backbones", (t) => {
  const below = (family: string) =>
    ids.filter((id) => id.startsWith(`${family}/`)).map((id) => id.slice(family.length + 1));
  t.deepEqual(below("table-5"), ["ce", "dr", "bs-rs", "bs-bs", "bs-is"]);
  const ratios = ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1.0"];
  t.deepEqual(below("figure-5"), ratios);
  for (const dataset of ["cifar10", "cifar100"]) {
    t.deepEqual(below(`frozen/${dataset}/100/bs-is`), ratios);
    t.deepEqual(below(`frozen/${dataset}/100/bs-bs`), ["0.3"]);
    t.deepEqual(below(`frozen/${dataset}/100/bs-rs`), ["0.3"]);
  }
});

test("experiments: Figure 5 at p = 0.3 is Table 5's BS+IS, and at other ratios differs in p alone", (t) => {
  const { id: _, label: __, base, ...bsIs } = findExperiment("table-5/bs-is");
  t.is(base, "table-5/dr");
  const { id: ___, label: ____, ...same } = findExperiment("figure-5/0.3");
  t.deepEqual(same, bsIs);
  const { stage } = findExperiment("figure-5/0.0");
  t.deepEqual(stage, {
    ...bsIs.stage,
    fusion: { kind: "headToTail", ratio: 0, fusingSampler: "instance" },
  });
});

test("experiments: the protocol as in the code is Table 1's DR+MU and DR+H2T; each choice changes what it names alone", (t) => {
  const stageOf = (id: string) => findExperiment(id).stage;
  const protocol = "protocol/cifar10/100";
  t.deepEqual(stageOf(`${protocol}/shift-bn/fine-tuned/dr`), stageOf("table-1/cifar10/100/dr-mu"));
  const drH2t = stageOf("table-1/cifar10/100/dr-h2t");
  t.deepEqual(stageOf(`${protocol}/shift-bn/fine-tuned/bs-is/0.3`), drH2t);
  t.deepEqual(stageOf(`${protocol}/kept-bn/fine-tuned/bs-is/0.3`), stageOf("frozen/cifar10/100/bs-is/0.3"));
  t.deepEqual(stageOf(`${protocol}/shift-bn/re-initialised/bs-rs/0.3`), {
    ...drH2t,
    fusion: { kind: "headToTail", ratio: 0.3, fusingSampler: "reversed" },
    initialClassifier: "re-initialised",
  } as ClassifierStage);
  t.deepEqual(stageOf("frozen/cifar10/100/bs-is/0.3"), {
    ...{ ...drH2t, shiftBatchNorm: false, views: 4, halfPrecision: true },
  } as ClassifierStage);
  t.is(
    findExperiment(`${protocol}/kept-bn/re-initialised/bs-is/1.0`).base,
    `${protocol}/kept-bn/re-initialised/dr`,
  );
});

test("experiments: the quickstart is Table 1's DR+H2T with a smaller network", (t) => {
  const { id: _, label: __, from, base, inferred: ___, ...small } = findExperiment("quickstart/dr-h2t/0.3");
  const { dataset, imbalanceRatio, classifier, stage } = findExperiment("table-1/cifar10/100/dr-h2t");
  t.deepEqual(small, { dataset, imbalanceRatio, backbone: "resnet8", classifier, stage });
  t.is(base, "quickstart/dr");
  t.deepEqual(findExperiment(from ?? "").stage, findExperiment("table-1/cifar10/100/ce-mixup").stage);
});

test("experiments: ids are unique", (t) => {
  t.is(new Set(ids).size, ids.length);
});

test("experiments: a classifier stage starts from a representation stage on the same data; others start anew", (t) => {
  for (const { id, dataset, imbalanceRatio, stage, from } of experiments()) {
    if (stage.kind === "representation") {
      t.is(from, undefined, id);
      continue;
    }
    const start = findExperiment(from ?? "");
    t.is(start.stage.kind, "representation", id);
    t.is(start.dataset, dataset, id);
    t.is(start.imbalanceRatio, imbalanceRatio, id);
  }
});

test("experiments: DR starts from mixup on both data sets, and only CIFAR-10's CE is plain", (t) => {
  const mixing = (id: string) => {
    const { stage } = findExperiment(id);
    return stage.kind === "representation" ? stage.mixing : undefined;
  };
  t.deepEqual(mixing("table-1/cifar10/100/ce"), { kind: "none" });
  t.deepEqual(mixing("table-1/cifar10/100/ce-mixup"), { kind: "mixup", alpha: 1 });
  t.deepEqual(mixing("table-1/cifar100/100/ce"), { kind: "mixup", alpha: 1 });
  t.is(findExperiment("table-1/cifar10/200/dr-h2t").from, "table-1/cifar10/200/ce-mixup");
  t.is(findExperiment("table-1/cifar100/50/dr-mu").from, "table-1/cifar100/50/ce");
});

test("experiments: stage I is the published recipe", (t) => {
  t.deepEqual(findExperiment("table-5/ce").stage, {
    kind: "representation",
    epochs: 200,
    batchSize: 128,
    optimiser: { learningRate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 0.0002 },
    schedule: { kind: "multistep", warmupEpochs: 5, decayAfter: [160, 180], factor: 0.1 },
    loss: { kind: "crossEntropy" },
    sampler: "instance",
    mixing: { kind: "mixup", alpha: 1 },
  } satisfies RepresentationStage);
});

test("experiments: stage II is the published recipe", (t) => {
  t.deepEqual(findExperiment("table-5/bs-rs").stage, {
    kind: "classifier",
    epochs: 10,
    batchSize: 128,
    optimiser: { learningRate: 0.02, momentum: 0.9, nesterov: false, weightDecay: 0.0005 },
    schedule: { kind: "cosine" },
    loss: { kind: "crossEntropy" },
    sampler: "class-balanced",
    fusion: { kind: "headToTail", ratio: 0.3, fusingSampler: "reversed" },
    shiftBatchNorm: true,
    initialClassifier: "fine-tuned",
  } satisfies ClassifierStage);
});

test("experiments: stage II decays weights by 5e-4 at ratio 100 and by 2e-4 at 50 and 200", (t) => {
  const decay = (ratio: number) =>
    findExperiment(`table-1/cifar10/${ratio}/dr-h2t`).stage.optimiser.weightDecay;
  t.deepEqual([200, 100, 50].map(decay), [2e-4, 5e-4, 2e-4]);
});

test("findExperiment: a stand-in changes id, data set, base and where the row starts from, and nothing else", (t) => {
  const row = findExperiment("table-5/bs-is");
  t.deepEqual(findExperiment("table-5/bs-is@glyphs-10"), {
    ...row,
    id: "table-5/bs-is@glyphs-10",
    dataset: "glyphs-10",
    from: "table-5/ce@glyphs-10",
    base: "table-5/dr@glyphs-10",
  });
  t.is(row.dataset, "cifar100");
  t.false("from" in findExperiment("table-5/ce@glyphs-10"));
});

test("findExperiment: every row starts from a row on every stand-in", (t) => {
  for (const id of ids) {
    const { from } = findExperiment(`${id}@tiny-imagenet-32`);
    if (from !== undefined) t.is(findExperiment(from).dataset, "tiny-imagenet-32");
  }
});

test("findExperiment: an unknown row names the nearest", (t) => {
  t.throws(() => findExperiment("table-5/bsis"), {
    instanceOf: UsageError,
    message:
      'a row must be one that the kit can run, got "table-5/bsis"; did you mean "table-5/bs-is", "table-5/bs-rs", "table-5/bs-bs"? `h2t list` shows them all',
  });
});

test("findExperiment: an unknown row on a stand-in names the nearest on that stand-in", (t) => {
  t.regex(
    t.throws(() => findExperiment("table-5/bsis@glyphs-10"))?.message ?? "",
    /did you mean "table-5\/bs-is@glyphs-10"/,
  );
});

test("findExperiment: an unknown stand-in names those there are", (t) => {
  t.throws(() => findExperiment("table-5/bs-is@svhn"), {
    instanceOf: UsageError,
    message:
      'a row\'s stand-in must be a data set other than the paper\'s, got "table-5/bs-is@svhn"; use "table-5/bs-is@tiny-imagenet-32", "table-5/bs-is@glyphs-10", "table-5/bs-is@glyphs-100" or "table-5/bs-is"',
  });
});
