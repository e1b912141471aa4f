import "./configure.ts";
import { createRequire } from "node:module";
import type * as TensorFlow from "@tensorflow/tfjs-node-gpu";
import { FailureError } from "../errors.ts";

function load(): typeof TensorFlow {
  try {
    return createRequire(import.meta.url)("@tensorflow/tfjs-node-gpu");
  } catch (cause) {
    throw new FailureError(
      {
        code: "TENSORFLOW_UNAVAILABLE",
        problem: `TensorFlow or its compiled addon cannot be loaded (${String((cause as Error).message).split("\n")[0]})`,
        fix: "run `npm run setup`",
      },
      { cause },
    );
  }
}

let loaded: typeof TensorFlow | undefined;

/**
 * TensorFlow.js on the native library, configured before it loads.
 *
 * It loads on first use. Loading takes seconds, which splits, tables and figures do not need to spend.
 */
export const tf: typeof TensorFlow = new Proxy({} as typeof TensorFlow, {
  get(_, name) {
    loaded ??= load();
    return Reflect.get(loaded, name);
  },
});
