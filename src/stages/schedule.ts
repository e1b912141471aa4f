/** How the learning rate changes from epoch to epoch. */
export type Schedule =
  | {
      readonly kind: "multistep";
      /** Epochs of linear warm-up. */
      readonly warmupEpochs: number;
      /** The share of the rate at which warm-up sets out, before its first epoch. @default 0 */
      readonly warmupFrom?: number;
      /** Numbers of finished epochs after which the rate is multiplied by `factor`. */
      readonly decayAfter: readonly number[];
      readonly factor: number;
    }
  | { readonly kind: "cosine" };

/**
 * The learning rate of one epoch.
 *
 *     multistep: lr · (s + (1 − s)·(e + 1) / W)  while e < W, then lr · factor^(number of decays with decay ≤ e)
 *     cosine:    lr · ½ (1 + cos(π e / E))
 *
 * @param schedule - its warm-up W and decays are in epochs; warm-up sets out from a share s, by default 0.
 * @param learningRate - lr, the rate that the schedule scales.
 * @param epoch - e, epochs finished before this one, 0 … E − 1.
 * @param epochs - E, epochs of the stage.
 * @source paper section 4.2 (decays); code: H2T train_stage1.py (warm-up), train_stage2.py (cosine)
 * @example learningRateAt({ kind: "cosine" }, 0.02, 5, 10); // → 0.01
 */
export function learningRateAt(
  schedule: Schedule,
  learningRate: number,
  epoch: number,
  epochs: number,
): number {
  if (schedule.kind === "cosine") return learningRate * 0.5 * (1 + Math.cos((Math.PI * epoch) / epochs));
  const { warmupEpochs, warmupFrom = 0, decayAfter, factor } = schedule;
  if (epoch < warmupEpochs) {
    return learningRate * warmupFrom + ((1 - warmupFrom) * (learningRate * (epoch + 1))) / warmupEpochs;
  }
  const decays = decayAfter.filter((finished) => finished <= epoch).length;
  return learningRate * factor ** decays;
}
