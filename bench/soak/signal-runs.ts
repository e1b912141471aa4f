import path from "node:path";
import { randomStream } from "../../src/random.ts";
import { type Answer, interrupt, prepare } from "./interrupt.ts";
import { type InterruptedWorkName, interruptedWorks } from "./interrupted-works.ts";
import { serveSlowly } from "./serve-slowly.ts";

/**
 * Interrupts all that `h2t` may be at, in turn, at seeded random moments, by SIGINT and SIGTERM in turn; each process goes on where the
 * one before was stopped, or begins anew where that had ended.
 */
export async function signalRuns(
  folder: string,
  { signals, seed }: { readonly signals: number; readonly seed: number },
  onAnswer: (answer: Answer, number: number) => void,
): Promise<Answer[]> {
  const stream = randomStream(seed, "order");
  const names = Object.keys(interruptedWorks) as InterruptedWorkName[];
  const server = await serveSlowly();
  const prepared = new Set<InterruptedWorkName>();
  const all: Answer[] = [];
  try {
    for (let i = 0; i < signals; i++) {
      const work = names[i % names.length] as InterruptedWorkName;
      const places = { folder: path.join(folder, work), server: server.address };
      const signal = i % 2 === 0 ? "SIGINT" : "SIGTERM";
      let one: Answer | null = null;
      while (one === null) {
        if (!prepared.has(work)) await prepare(work, places);
        prepared.add(work);
        one = await interrupt(work, places, { signal, after: stream.integer(interruptedWorks[work].latest) });
        if (one === null) prepared.delete(work);
      }
      onAnswer(one, i + 1);
      all.push(one);
    }
    return all;
  } finally {
    server.close();
  }
}
