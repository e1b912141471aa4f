/** Learning-rate schedule, as data. */
export type Schedule =
  | {
      readonly kind: "multistep";
      /** Epochs of linear warm-up. */
      readonly warmupEpochs: number;
      /** Share of the rate at which warm-up starts, in [0, 1]. @default 0 */
      readonly warmupFrom?: number;
      /** Numbers of finished epochs after which the rate is multiplied by `factor`. */
      readonly decayAfter: readonly number[];
      readonly factor: number;
    }
  | { readonly kind: "cosine" };

/**
 * Computes the learning rate of one epoch.
 *
 *     multistep: lr · (s + (1 − s)·(e + 1) / W)  while e < W, then lr · factor^(number of decays with decay ≤ e)
 *     cosine:    lr · ½ (1 + cos(π e / E))
 *
 * @param schedule - warm-up W and decays in epochs; warm-up starts at the share s, by default 0.
 * @param learningRate - lr, base rate of the schedule.
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
