import test from "ava";
import { nativeBackend } from "../../src/engine/native-backend.ts";
import { tf } from "../../src/engine/tensorflow.ts";
import type { Stage } from "../../src/stages/stage.ts";
import { relativeError } from "../support/relative-error.ts";
import { tinyClassifier, tinyRepresentation } from "../support/tiny-training.ts";
import { newModel, trainTiny } from "../support/train-tiny.ts";

test.serial("training: progress and results tell of each batch and epoch", async (t) => {
  const seen: string[] = [];
  const results = await trainTiny(
    newModel(),
    { ...tinyClassifier, epochs: 2 },
    {
      onProgress: ({ epoch, epochs, images, imagesPerEpoch }) => {
        seen.push(`${epoch}/${epochs} ${images}/${imagesPerEpoch}`);
      },
    },
  );
  t.deepEqual(seen, ["0/2 16/40", "0/2 32/40", "0/2 40/40", "1/2 16/40", "1/2 32/40", "1/2 40/40"]);
  t.deepEqual(
    results.map(({ epoch, learningRate }) => [epoch, Number(learningRate.toFixed(12))]),
    [
      [1, 0.1],
      [2, 0.05],
    ],
  );
});

test.serial(
  "training: the loss of an epoch is the mean over its images, also with a partial batch",
  async (t) => {
    const frozen = { ...tinyClassifier.optimiser, learningRate: 0 };
    const stage: Stage = {
      ...tinyClassifier,
      epochs: 1,
      fusion: { kind: "none" },
      shiftBatchNorm: false,
      optimiser: frozen,
    };
    const [whole] = await trainTiny(newModel(), { ...stage, batchSize: 40 });
    const [parts] = await trainTiny(newModel(), { ...stage, batchSize: 16 });
    t.true(relativeError([parts?.trainLoss ?? 0], [whole?.trainLoss ?? 0]) < 1e-6);
  },
);

test.serial(
  "training: the last batch of an epoch is left out on demand, where it is not whole",
  async (t) => {
    const seen: number[] = [];
    const onProgress = ({ images }: { images: number }) => void seen.push(images);
    const stage: Stage = { ...tinyRepresentation, epochs: 1, dropLast: true };
    await trainTiny(newModel(), stage, { onProgress });
    await trainTiny(newModel(), { ...stage, batchSize: 64 }, { onProgress });
    t.deepEqual(seen, [16, 32, 40]);
  },
);

for (const stage of [tinyRepresentation, tinyClassifier]) {
  test.serial(`training: the ${stage.kind} stage leaves no tensor, finished or aborted`, async (t) => {
    const model = newModel();
    // The first round brings the variables' first values into TensorFlow.
    await trainTiny(model, { ...stage, epochs: 1 });
    const counted = () => [tf.memory().numTensors, nativeBackend().binding.getNumOfTensors()];
    const before = counted();
    await trainTiny(model, { ...stage, epochs: 1 });
    t.deepEqual(counted(), before);
    const stop = new AbortController();
    const aborting = { signal: stop.signal, onProgress: () => stop.abort(new Error("planted")) };
    await t.throwsAsync(trainTiny(model, stage, aborting), { message: "planted" });
    // Ends as before, too: running statistics that were not moved yet lie on TensorFlow's side.
    await trainTiny(model, { ...stage, epochs: 1 });
    t.deepEqual(counted(), before);
  });
}
