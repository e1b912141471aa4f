import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import test from "ava";
import { compile } from "../../src/engine/compile.ts";
import { nativeBackend } from "../../src/engine/native-backend.ts";
import { tf } from "../../src/engine/tensorflow.ts";
import { smallBatch, smallStep, smallStepInputs } from "../support/small-step.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const counted = () => ({
  tensors: tf.memory().numTensors,
  nativeTensors: nativeBackend().binding.getNumOfTensors(),
});

const residentBytes = async () => {
  collectGarbage();
  // The addon's arrays are released in the next turn of the event loop.
  await setImmediate();
  return process.memoryUsage().rss;
};

/** Values of a ballast input. 500 batches of it take 524 MB, far above the noise of resident memory. */
const ballastSize = 2 ** 18;

test.serial("compiled step: 500 steps leave no tensor and no quarter of what they took in", async (t) => {
  const small = smallStep();
  const step = compile(({ ballast, ...inputs }) => ({ ...small.train(inputs), weight: tf.sum(ballast) }), {
    inputs: { ...smallStepInputs, ballast: { shape: [ballastSize], dtype: "float32" } },
    variables: small.variables,
  });
  const run = async (steps: number) => {
    for (let k = 0; k < steps; k++) {
      step.run({ ...smallBatch(k, 4), ballast: new Float32Array(ballastSize).fill(k) });
      await setImmediate();
    }
  };
  await run(50);
  const before = counted();
  const bytesBefore = await residentBytes();
  await run(500);
  const growth = (await residentBytes()) - bytesBefore;
  t.deepEqual(counted(), before);
  const taken = 500 * 4 * ballastSize;
  t.log(`${Math.round(growth / 1e6)} MB of ${Math.round(taken / 1e6)} MB`);
  t.true(growth < taken / 4, `grew by ${growth} bytes`);
  step.dispose();
});

test.serial("compiled step: compiling, running and disposing leaves only the variables", (t) => {
  const small = smallStep();
  const round = (k: number) => {
    const step = compile(small.train, { inputs: smallStepInputs, variables: small.variables });
    step.run(smallBatch(k, 4));
    step.run(smallBatch(k, 3));
    step.dispose();
  };
  // The first round brings the variables' first values into TensorFlow.
  round(0);
  const before = counted();
  round(1);
  round(2);
  t.deepEqual(counted(), before);
});
