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

/** TensorFlow.js on the native library, configured before it loaded. */
export const tf: typeof TensorFlow = load();
