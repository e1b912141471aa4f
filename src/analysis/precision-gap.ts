import type { Experiment } from "../experiments/experiment.ts";
import { type RunOptions, runExperiment } from "../runs/run.ts";

/**
 * How far a row's accuracies in half precision are from those with the same features in single precision.
 *
 * @param row - such as `frozen/cifar10/100/dr`.
 * @returns in percentage points, the largest over all epochs.
 */
export async function precisionGap(row: Experiment, options: RunOptions): Promise<number> {
  const { stage } = row;
  if (stage.kind !== "classifier" || stage.shiftBatchNorm || !stage.halfPrecision)
    throw new Error(`internal: ${row.id} is not in half precision`);
  const { halfPrecision: _, ...single } = stage;
  const half = await runExperiment(row, options);
  const exact = await runExperiment({ ...row, stage: single }, options);
  const gaps = half.history.map(
    ({ accuracy }, i) => 100 * Math.abs(accuracy - (exact.history[i]?.accuracy ?? Number.NaN)),
  );
  return Math.max(...gaps);
}
