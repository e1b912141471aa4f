import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import test, { type ExecutionContext } from "ava";
import fc from "fast-check";
import { EventFile } from "../../src/runs/event-file.ts";
import type { RunRecord } from "../../src/runs/record.ts";
import { beginningEvent, scalarEvent, soundEvents } from "../../src/storage/event-format.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { readEvents } from "../support/read-events.ts";

type Entry = RunRecord["history"][number];

const entry = (epoch: number): Entry => ({
  epoch,
  learningRate: 0.1 / epoch,
  trainLoss: 2.5 - epoch / 8,
  accuracy: 0.3 + epoch / 100,
  groups: {
    byIndex: { head: 0.7, medium: 0.5, tail: 0 },
    byCount: { head: 0.75, medium: 0.25, tail: null },
  },
  perClassAccuracy: [0.3],
  calibration: { ece: 0.125, mce: 0.5 },
});
const epochs = (count: number) => Array.from({ length: count }, (_, i) => entry(i + 1));

/** The one event file of a folder. */
async function eventFile(t: ExecutionContext, folder: string): Promise<string> {
  const names = await readdir(folder);
  t.is(names.length, 1);
  t.regex(names[0] ?? "", /^events\.out\.tfevents\.\d{10}\.h2t-kit$/);
  return path.join(folder, names[0] ?? "");
}

test("event file: Python's tensorboard reads what was measured, by epoch", async (t) => {
  const folder = await temporaryFolder(t);
  const events = await EventFile.open(folder, []);
  for (const measured of epochs(3)) await events.append(measured);
  const { version, scalars } = await readEvents(folder);
  t.is(version, 2);
  const each = (value: (measured: Entry) => number) =>
    epochs(3).map((measured) => [measured.epoch, Math.fround(value(measured))]);
  t.deepEqual(scalars, {
    "train/loss": each(({ trainLoss }) => trainLoss),
    "train/learning rate": each(({ learningRate }) => learningRate),
    "accuracy/all": each(({ accuracy }) => accuracy),
    "accuracy by index/head": each(() => 0.7),
    "accuracy by index/medium": each(() => 0.5),
    "accuracy by index/tail": each(() => 0),
    "accuracy by count/head": each(() => 0.75),
    "accuracy by count/medium": each(() => 0.25),
    "calibration/ECE": each(() => 0.125),
    "calibration/MCE": each(() => 0.5),
  });
});

/** The bytes of a file with three epochs, which a run then goes on from after `finished` epochs. */
async function goneOnWith(t: ExecutionContext, damage: (bytes: Buffer) => Buffer, finished: number) {
  const folder = await temporaryFolder(t);
  const events = await EventFile.open(folder, []);
  for (const measured of epochs(3)) await events.append(measured);
  const file = await eventFile(t, folder);
  const before = await readFile(file);
  await writeFile(file, damage(before));
  const resumed = await EventFile.open(folder, epochs(finished));
  await resumed.append(entry(finished + 1));
  await eventFile(t, folder);
  const steps = (await readEvents(folder)).scalars["train/loss"]?.map(([step]) => step);
  return { before, after: await readFile(file), steps };
}

test("event file: a run that goes on keeps the events of its finished epochs as they are", async (t) => {
  const { before, after, steps } = await goneOnWith(t, (bytes) => bytes, 3);
  t.deepEqual(steps, [1, 2, 3, 4]);
  t.true(after.subarray(0, before.length).equals(before));
});

const cases: readonly [what: string, damage: (bytes: Buffer) => Buffer, finished: number][] = [
  ["the event of an epoch that was not finished goes", (bytes) => bytes, 2],
  ["an event that was written in part is written again", (bytes) => bytes.subarray(0, -7), 3],
  ["what is damaged is written again", (bytes) => bytes.fill(0, bytes.length - 50, bytes.length - 20), 3],
  ["an empty file is filled", () => Buffer.alloc(0), 3],
  [
    "a second event of an epoch goes",
    (bytes) => Buffer.concat([bytes, scalarEvent(0, 3, new Map([["train/loss", 9]]))]),
    3,
  ],
];

for (const [what, damage, finished] of cases) {
  test(`event file: ${what}, each epoch is there once`, async (t) => {
    const { steps } = await goneOnWith(t, damage, finished);
    t.deepEqual(
      steps,
      Array.from({ length: finished + 1 }, (_, i) => i + 1),
    );
  });
}

test("event file: one that was lost is written anew with every finished epoch", async (t) => {
  const folder = await temporaryFolder(t);
  await EventFile.open(folder, epochs(2));
  const { scalars } = await readEvents(folder);
  t.deepEqual(scalars["accuracy/all"], [
    [1, Math.fround(0.31)],
    [2, Math.fround(0.32)],
  ]);
});

test("event format: what is written Python's tensorboard reads, whatever tags, steps and values: 200 events", async (t) => {
  const event = fc.record({
    stride: fc.integer({ min: 1, max: 2 ** 31 }),
    scalars: fc.dictionary(
      fc.string({ unit: "grapheme", minLength: 1 }),
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      { minKeys: 1, maxKeys: 4 },
    ),
  });
  const parts = [beginningEvent(1)];
  const expected = new Map<string, [number, number][]>();
  const steps: number[] = [];
  for (const { stride, scalars } of fc.sample(event, { numRuns: 200, seed: 8 })) {
    steps.push((steps.at(-1) ?? 0) + stride);
    parts.push(scalarEvent(1, steps.at(-1) ?? 0, new Map(Object.entries(scalars))));
    for (const [tag, value] of Object.entries(scalars)) {
      expected.set(tag, [...(expected.get(tag) ?? []), [steps.at(-1) ?? 0, value]]);
    }
  }
  const folder = await temporaryFolder(t);
  const bytes = Buffer.concat(parts);
  await writeFile(path.join(folder, "events.out.tfevents.1.fuzz"), bytes);
  t.deepEqual((await readEvents(folder)).scalars, Object.fromEntries(expected));
  t.deepEqual(
    [...soundEvents(bytes)].map(({ step }) => step),
    [0, ...steps],
  );
});

test("event format: one byte changed ends what is read there, wherever it is", (t) => {
  const whole = Buffer.concat([
    beginningEvent(1),
    ...[1, 2].map((step) => scalarEvent(1, step, new Map([["a", step]]))),
  ]);
  const ends = [...soundEvents(whole)].map(({ end }) => end);
  t.is(ends.at(-1), whole.length);
  for (let place = 0; place < whole.length; place++) {
    const damaged = Buffer.from(whole);
    damaged[place] = (damaged[place] as number) ^ 0x55;
    const kept = ends.filter((end) => end <= place);
    t.deepEqual(
      [...soundEvents(damaged)].map(({ end }) => end),
      kept,
      `byte ${place}`,
    );
  }
});
