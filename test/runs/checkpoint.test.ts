import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import test, { type ExecutionContext } from "ava";
import { FailureError } from "../../src/errors.ts";
import type { Model } from "../../src/models/model.ts";
import { readCheckpoint, saveCheckpoint } from "../../src/runs/checkpoint.ts";
import type { RunRecord } from "../../src/runs/record.ts";
import type { Stage } from "../../src/stages/stage.ts";
import { trainStage } from "../../src/training/train-stage.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { smallModel } from "../support/small-model.ts";
import { moved, tinyClassifier, tinyData, tinyRepresentation, valuesOf } from "../support/tiny-training.ts";

const runId = "0123456789abcdef";
const run = { runId, backboneDigest: null };
const newModel = () => smallModel(10, { kind: "linear" }, 4);

/** A history of that many epochs; its numbers do not matter here. */
const history = (epochs: number): RunRecord["history"] =>
  Array.from({ length: epochs }, (_, i) => ({
    epoch: i + 1,
    learningRate: 0.1,
    trainLoss: 2,
    accuracy: 0.1,
    groups: { byIndex: { head: 0.1, medium: null, tail: 0.2 }, byCount: { head: 0, medium: 0, tail: 0 } },
    perClassAccuracy: [0.1],
    calibration: { ece: 0.1, mce: 0.2 },
  }));

/** Trains as `run.ts` does: goes on after the checkpoint if there is one, saves after every epoch. */
async function train(file: string, stage: Stage, signal?: AbortSignal, onProgress?: (epoch: number) => void) {
  const model = newModel();
  const checkpoint = await readCheckpoint(file, run);
  await trainStage(model, stage, {
    data: tinyData,
    seed: 0,
    startEpoch: checkpoint?.history.length ?? 0,
    onStart: (step) => checkpoint?.restore(model, step.velocities),
    onEpoch: ({ epoch }, { velocities }) =>
      saveCheckpoint(
        file,
        { ...run, history: history(epoch), wallSeconds: epoch, engines: [] },
        model,
        velocities,
      ),
    onProgress: ({ epoch }) => onProgress?.(epoch),
    ...(signal === undefined ? {} : { signal }),
  });
  return valuesOf(model);
}

const checkpointFile = async (t: ExecutionContext) =>
  path.join(await temporaryFolder(t), "checkpoint.safetensors");

for (const stage of [tinyRepresentation, tinyClassifier]) {
  test.serial(
    `checkpoint: the ${stage.kind} stage, aborted in epoch 2 and gone on with, ends bit for bit as in one go`,
    async (t) => {
      const [whole, broken] = [await checkpointFile(t), await checkpointFile(t)];
      const expected = await train(whole, stage);

      const stop = new AbortController();
      const reason = new Error("planted");
      const aborted = train(broken, stage, stop.signal, (epoch) => {
        if (epoch === 1) stop.abort(reason);
      });
      t.is(await t.throwsAsync(aborted), reason);
      const left = await readCheckpoint(broken, run);
      t.deepEqual(left?.history, history(1));
      t.is(left?.wallSeconds, 1);

      t.deepEqual(moved(expected, await train(broken, stage)), []);
      t.true((await readFile(whole)).equals(await readFile(broken)));
    },
  );
}

test.serial("checkpoint: without the velocities training would end elsewhere", async (t) => {
  const stage = tinyClassifier;
  const file = await checkpointFile(t);
  const expected = await train(file, stage);
  const model = newModel();
  const go = (startEpoch: number, epochs: number) =>
    trainStage(model, stage, {
      data: tinyData,
      seed: 0,
      startEpoch,
      onEpoch: ({ epoch }) => {
        if (epoch === epochs) throw new Error("enough");
      },
    });
  await t.throwsAsync(go(0, 1), { message: "enough" });
  await go(1, Number.POSITIVE_INFINITY);
  t.true(moved(expected, valuesOf(model)).includes("classifier.weight"));
});

async function saved(t: ExecutionContext, model: Model = newModel()): Promise<string> {
  const file = await checkpointFile(t);
  await saveCheckpoint(
    file,
    { ...run, history: history(2), wallSeconds: 1.5, engines: [] },
    model,
    new Map(),
  );
  return file;
}

test("checkpoint: where there is none, none is read", async (t) => {
  t.is(await readCheckpoint(await checkpointFile(t), run), null);
});

test("checkpoint: one of another configuration is refused", async (t) => {
  const file = await saved(t);
  await t.throwsAsync(readCheckpoint(file, { ...run, runId: "fedcba9876543210" }), {
    instanceOf: FailureError,
    message:
      "a checkpoint goes on only with the configuration that it was made by, run fedcba9876543210, " +
      `got ${file} of run ${runId}; start over with --fresh`,
  });
});

test("checkpoint: one that began with another backbone is refused", async (t) => {
  const file = await checkpointFile(t);
  const began = { runId, backboneDigest: "aa" };
  await saveCheckpoint(
    file,
    { ...began, history: history(2), wallSeconds: 1.5, engines: [] },
    newModel(),
    new Map(),
  );
  t.is((await readCheckpoint(file, began))?.backboneDigest, "aa");
  await t.throwsAsync(readCheckpoint(file, { runId, backboneDigest: "bb" }), {
    instanceOf: FailureError,
    message:
      "stage II goes on only with the stage-I weights that it began with, " +
      `got other weights than those of ${file}; start over with --fresh, or put back the weights of the run that it starts from`,
  });
});

test("checkpoint: a damaged or cut one is refused", async (t) => {
  const file = await saved(t);
  const bytes = await readFile(file);
  const refused = async (damaged: Buffer, what: RegExp) => {
    await writeFile(file, damaged);
    const { message } = (await t.throwsAsync(readCheckpoint(file, run), { instanceOf: FailureError })) ?? {};
    t.regex(message ?? "", what);
  };
  const flipped = Buffer.from(bytes);
  flipped[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
  await refused(flipped, /its checksum does not match; delete it and run the row again with `h2t run`$/);
  await refused(bytes.subarray(0, bytes.length - 1), /wrong bounds|checksum/);
  await refused(Buffer.alloc(0), /^a weights file must be whole/);
});

test("checkpoint: one of another model names the first variable that does not fit", async (t) => {
  const file = await saved(t, smallModel(4));
  const checkpoint = await readCheckpoint(file, run);
  const model = newModel();
  const before = valuesOf(model);
  t.throws(() => checkpoint?.restore(model, new Map()), {
    instanceOf: FailureError,
    message:
      "the weights must fit the model, whose classifier.weight is [8,10], " +
      `got [8,4] in ${file}; use the weights of a run with the same model, or run the row again`,
  });
  t.deepEqual(moved(before, valuesOf(model)), []);
});
