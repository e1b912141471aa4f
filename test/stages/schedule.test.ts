import test from "ava";
import { underProfile } from "../../src/experiments/profiles.ts";
import { findExperiment } from "../../src/experiments/rows/experiments.ts";
import { learningRateAt, type Schedule } from "../../src/stages/schedule.ts";
import { relativeError } from "../support/relative-error.ts";

const rates = (schedule: Schedule, learningRate: number, epochs: number) =>
  Array.from({ length: epochs }, (_, epoch) => learningRateAt(schedule, learningRate, epoch, epochs));
const repeated = (count: number, rate: number) => new Array<number>(count).fill(rate);
const stageI = findExperiment("table-1/cifar10/100/ce-mixup").stage;
const ratesOf = ({ schedule, optimiser, epochs }: typeof stageI) =>
  rates(schedule, optimiser.learningRate, epochs);

test("learning rate: the published stage I warms up over 5 epochs and decays after 160 and 180 of 200", (t) => {
  const published = [
    ...[0.02, 0.04, 0.06, 0.08, 0.1],
    ...repeated(155, 0.1),
    ...repeated(20, 0.01),
    ...repeated(20, 0.001),
  ];
  const ours = ratesOf(stageI);
  t.is(ours.length, 200);
  ours.forEach((rate, epoch) => {
    t.true(relativeError([rate], [published[epoch] as number]) < 1e-15, `epoch ${epoch}: ${rate}`);
  });
});

test("learning rate: the short profile's stage I warms up in one epoch and decays after 32 and 36 of 40", (t) => {
  const short = ratesOf(underProfile(stageI, "short"));
  t.true(relativeError(short, [...repeated(32, 0.1), ...repeated(4, 0.01), ...repeated(4, 0.001)]) < 1e-15);
});

test("profiles: CMO pastes in the second epoch of a trial, and from the second one of the short profile on", (t) => {
  const cmo = findExperiment("table-1/cifar10/100/ce-cmo").stage;
  const plainEpochs = (stage: typeof cmo) =>
    stage.kind === "representation" && stage.mixing.kind === "cutMix" ? stage.mixing.plainEpochs : null;
  t.is(plainEpochs(cmo), 4);
  // 4 of 200 epochs are 0.8 of 40 and 0.04 of 2, of which at least one is.
  t.is(plainEpochs(underProfile(cmo, "short")), 1);
  t.is(plainEpochs(underProfile(cmo, "trial")), 1);
});

test("learning rate: stage II follows the cosine of the published code and never reaches 0", (t) => {
  const listed = [0.02, 0.01951, 0.01809, 0.01588, 0.01309, 0.01, 0.00691, 0.00412, 0.00191, 0.00049];
  t.deepEqual(
    rates({ kind: "cosine" }, 0.02, 10).map((rate) => Number(rate.toFixed(5))),
    listed,
  );
});

test("learning rate: without warm-up or decays it stays, and two decays at once count twice", (t) => {
  const plain = { kind: "multistep", warmupEpochs: 0, decayAfter: [], factor: 0.1 } as const;
  t.deepEqual(rates(plain, 0.5, 3), [0.5, 0.5, 0.5]);
  t.deepEqual(rates({ ...plain, decayAfter: [1, 1], factor: 0.5 }, 1, 3), [1, 0.25, 0.25]);
});

test("learning rate: BBN warms up in five steps from a third, and decays to a ten-thousandth after 120 and 160", (t) => {
  const ours = ratesOf(findExperiment("table-1/cifar10/100/bbn").stage);
  // warm-up of lib/utils/lr_scheduler.py: 1/3·(1 − e/5) + e/5
  const warm = [0, 1, 2, 3, 4].map((e) => 0.1 * ((1 - e / 5) / 3 + e / 5));
  const published = [...warm, ...repeated(115, 0.1), ...repeated(40, 0.001), ...repeated(40, 0.00001)];
  t.true(relativeError(ours, published) < 1e-15);
});

test("learning rate: ResLT warms up from 0.47 of the rate", (t) => {
  const ours = ratesOf(findExperiment("table-1/cifar100/100/reslt").stage);
  // CIFAR/*.py: f = (e + 1)/5, lr·((1 − f)/3 + f)
  const warm = [0.2, 0.4, 0.6, 0.8, 1].map((f) => 0.1 * ((1 - f) / 3 + f));
  const published = [...warm, ...repeated(155, 0.1), ...repeated(20, 0.01), ...repeated(20, 0.001)];
  t.true(relativeError(ours, published) < 1e-15);
});
