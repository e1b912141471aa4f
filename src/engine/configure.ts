import { availableParallelism } from "node:os";
import util from "node:util";
import { UsageError } from "../errors.ts";
import { variable } from "../setup/environment.ts";

/** Number of threads of the native library: `H2T_THREADS`, or all cores of the machine. */
function threadCount(): number {
  const requested = variable("H2T_THREADS");
  if (requested === undefined) return availableParallelism();
  const count = Number(requested);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new UsageError({
    code: "THREADS_OUT_OF_RANGE",
    problem: `expected H2T_THREADS to be a whole number of at least 1, got ${JSON.stringify(requested)}`,
    fix: `unset it to use all ${availableParallelism()} cores`,
  });
}

/** Number of threads of this process. Records store it, because the last bits of a result depend on it. */
export const threads: number = threadCount();

/** Whether the native library uses oneDNN, which doubles the speed. Records store it, because it changes the last bits. */
export const oneDnn: boolean = process.env.TF_ENABLE_ONEDNN_OPTS !== "0";

// The library reads these variables once, when it loads, so this module is imported first.
process.env.TF_ENABLE_ONEDNN_OPTS = oneDnn ? "1" : "0";
process.env.TF_NUM_INTRAOP_THREADS = String(threads);
process.env.TF_NUM_INTEROP_THREADS = String(threads);
process.env.OMP_NUM_THREADS = String(threads);
process.env.TF_CPP_MIN_LOG_LEVEL = variable("TF_CPP_MIN_LOG_LEVEL") ?? "2";

// Node 22 deprecated these two functions and Node 23 removed them, but tfjs-node 4.22 still calls them.
const legacy = util as unknown as Record<string, unknown>;
legacy.isNullOrUndefined = (value: unknown) => value === null || value === undefined;
legacy.isArray = Array.isArray;
