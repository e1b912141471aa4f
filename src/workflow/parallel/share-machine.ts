import { availableParallelism, totalmem } from "node:os";
import { threads } from "../../engine/configure.ts";
import { variable } from "../../setup/environment.ts";

/** What one training process takes at its peak, 1.1 GiB on CIFAR-LT, and a margin. */
const bytesAProcess = 1.5 * 2 ** 30;

/** What the machine has. */
interface Machine {
  readonly cores: number;
  /** `H2T_THREADS`, if it is set. */
  readonly threads?: number;
  /** All that this process and its children may use, in bytes. */
  readonly memory: number;
  /** What is free of it now, in bytes. */
  readonly freeMemory: number;
}

/** How the machine is shared. */
interface Share {
  /** Processes that train at once. */
  readonly jobs: number;
  /** Threads of each. */
  readonly threads: number;
}

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  const limit = process.constrainedMemory();
  return {
    cores: availableParallelism(),
    ...(variable("H2T_THREADS") !== undefined ? { threads } : {}),
    // No limit is 0, or more than there is.
    memory: limit > 0 ? Math.min(limit, totalmem()) : totalmem(),
    freeMemory: process.availableMemory(),
  };
}

/**
 * How many chains train at once, and with how many threads each.
 *
 * The threads follow from what was typed and from the machine, never from what is done already or from the memory that
 * happens to be free: a command that is typed again after an interruption must end with the same bits.
 *
 * @param chains - how many the command names, finished ones included.
 * @param asked - `--jobs`; otherwise as many as there are cores, chains and memory for.
 */
export function shareMachine(chains: number, asked: number | undefined, machine: Machine): Share {
  const { cores, threads: given, memory, freeMemory } = machine;
  const fitting = (bytes: number) => Math.max(1, Math.floor(bytes / bytesAProcess));
  const slots = asked ?? Math.min(fitting(memory), Math.max(1, Math.floor(cores / (given ?? 1))));
  const processes = Math.min(slots, chains);
  return {
    jobs: asked === undefined ? Math.min(processes, fitting(freeMemory)) : processes,
    threads: given ?? Math.max(1, Math.floor(cores / processes)),
  };
}
