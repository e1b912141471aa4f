/** How the learning rate changes from epoch to epoch. */
export type Schedule =
  | {
      readonly kind: "multistep";
      /** Epochs of linear warm-up: epoch e (0-based) runs at rate · (e + 1) / warmupEpochs. */
      readonly warmupEpochs: number;
      /** Numbers of finished epochs after which the rate is multiplied by `factor`. */
      readonly decayAfter: readonly number[];
      readonly factor: number;
    }
  | { readonly kind: "cosine" };
