import { threads } from "../../src/engine/configure.ts";
import { FailureError } from "../../src/errors.ts";
import { compare } from "../statistics.ts";
import { takeTurns } from "../take-turns.ts";
import type { Section } from "./section.ts";

const batch = 128;
const steps = 4;

/** Whether several processes use the cores better than one with all threads. */
export const processesSection: Section = {
  name: "processes",
  about: "training in one process with all threads, beside one process a thread",
  rounds: 8,
  comparesWithPyTorch: false,
  leastThreads: 2,
  async run(processes, rounds) {
    if (threads === 1) {
      throw new FailureError({
        rule: "several processes can be compared with one where there is more than one thread",
        got: "1",
        remedy: "unset H2T_THREADS where there are more cores, or leave it out of --only",
      });
    }
    /** All at once; the slowest one's time counts. */
    const rate = async (workers: readonly ReturnType<typeof processes.kit>[]) => {
      const seconds = workers.map((worker) => worker.seconds("training-steps", { batch, steps }));
      return (workers.length * batch * steps) / Math.max(...(await Promise.all(seconds)));
    };
    const together = [processes.kit()];
    const apart = Array.from({ length: threads }, () => processes.kit(1));
    return [
      {
        title: "Training in several processes",
        unit: "images/s",
        rows: compare(
          await takeTurns(rounds, {
            [`one process with ${threads} threads`]: () => rate(together),
            [`${threads} processes with one thread each`]: () => rate(apart),
          }),
        ),
      },
    ];
  },
};
