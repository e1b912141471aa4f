import type { SamplerName } from "../samplers/sampler.ts";

/** What happens to the features of the fused branch before they are classified in stage II. */
export type Fusion =
  /** Nothing; no second batch is drawn. */
  | { readonly kind: "none" }
  /** A fraction `ratio` of the channels is replaced by those of a batch from `fusingSampler` (paper Eq. 2). */
  | {
      readonly kind: "headToTail";
      readonly ratio: number;
      readonly fusingSampler: SamplerName;
      /** What is lent instead of the fusing batch's features, which is drawn all the same: an ablation (code: H2T methods.py). */
      readonly content?: "zeros" | "noise";
    };
