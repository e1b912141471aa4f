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
        rule: "the engine needs TensorFlow and its compiled addon",
        got: String((cause as Error).message).split("\n")[0] ?? "",
        remedy: "run `npm run setup`",
      },
      { cause },
    );
  }
}

let loaded: typeof TensorFlow | undefined;

/**
 * TensorFlow.js on the native library, configured before it loads.
 *
 * It loads at its first use, which takes seconds that splits, tables and figures need not wait for.
 */
export const tf: typeof TensorFlow = new Proxy({} as typeof TensorFlow, {
  get(_, name) {
    loaded ??= load();
    return Reflect.get(loaded, name);
  },
});
