import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Bytes that may be left behind before they are collected: each cell's check leaves about ten million. */
const limit = 2 ** 26;
/** Milliseconds without a question after which nobody waits for the compiler. */
const pause = 300;

/**
 * Collects what checks leave behind while nobody waits for an answer. Left to itself V8 lets it grow by hundreds of megabytes first,
 * on a machine that has them.
 *
 * @returns is to be called after each answer.
 */
export function idleCollection(): () => void {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  let floor = process.memoryUsage().heapUsed;
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    if (process.memoryUsage().heapUsed - floor < limit) return;
    collect();
    floor = process.memoryUsage().heapUsed;
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(look, pause);
    timer.unref();
  };
}
