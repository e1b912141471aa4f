import { availableParallelism } from "node:os";
import util from "node:util";
import { UsageError } from "../errors.ts";
import { variable } from "../setup/environment.ts";

/** Threads that the native library may use: `H2T_THREADS`, otherwise every core of the machine. */
function threadCount(): number {
  const wanted = variable("H2T_THREADS");
  if (wanted === undefined) return availableParallelism();
  const count = Number(wanted);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new UsageError({
    rule: "H2T_THREADS is the number of threads, a whole number from 1",
    got: JSON.stringify(wanted),
    remedy: `unset it to use all ${availableParallelism()} cores`,
  });
}

/** Threads for this process; a record holds it, since the last bits of a result depend on it. */
export const threads: number = threadCount();

/** Whether the native library uses oneDNN; it doubles the speed and changes the last bits, so a record holds it. */
export const oneDnn: boolean = process.env.TF_ENABLE_ONEDNN_OPTS !== "0";

// The library reads these once, when it loads; this module is imported before it.
process.env.TF_ENABLE_ONEDNN_OPTS = oneDnn ? "1" : "0";
process.env.TF_NUM_INTRAOP_THREADS = String(threads);
process.env.TF_NUM_INTEROP_THREADS = String(threads);
process.env.OMP_NUM_THREADS = String(threads);
process.env.TF_CPP_MIN_LOG_LEVEL = variable("TF_CPP_MIN_LOG_LEVEL") ?? "2";

// Node 22 warns of these two and Node 23 removed them; tfjs-node 4.22 still calls them.
const legacy = util as unknown as Record<string, unknown>;
legacy.isNullOrUndefined = (value: unknown) => value === null || value === undefined;
legacy.isArray = Array.isArray;
