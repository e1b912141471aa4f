import type { Processes } from "../processes.ts";
import { quantile } from "../statistics.ts";
import { takeTurns } from "../take-turns.ts";

/** CIFAR-100-LT at imbalance ratio 100, which Table 5 and Figure 5 are measured on. */
const [trainImages, testImages, batch, epochs] = [10_847, 10_000, 128, 10];
const batchesOf = (images: number) => Math.ceil(images / batch);
const rounds = 5;

/** Seconds of runs of stage II, each of ten epochs. */
export interface Runs {
  /** A fused row whose features are computed in every step. */
  readonly fused: number;
  /** Table 5's row without fusion, the same way. */
  readonly unfused: number;
}

/**
 * The official procedure in PyTorch: every epoch of every run passes its batches and the test images anew.
 *
 * @returns `null` where PyTorch is left out.
 */
export async function officialStageTwo(processes: Processes): Promise<Runs | null> {
  const pytorch = processes.pytorch();
  if (pytorch === null) return null;
  const seconds = await takeTurns(rounds, {
    fused: () => pytorch.seconds("classifier-step", { batch, batches: 2 }),
    unfused: () => pytorch.seconds("classifier-step", { batch, batches: 1 }),
    test: () => pytorch.seconds("forward", { batch, format: "contiguous" }),
  });
  const { fused = [], unfused = [], test = [] } = seconds;
  const run = (step: readonly number[]) =>
    epochs * (batchesOf(trainImages) * quantile(step, 0.5) + batchesOf(testImages) * quantile(test, 0.5));
  return { fused: run(fused), unfused: run(unfused) };
}
