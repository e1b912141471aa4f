import type { SamplerName } from "../samplers/sampler.ts";

/** Fusion of the fused branch's features before classification in stage II, as data. */
export type Fusion =
  /** No fusion; no second batch is drawn. */
  | { readonly kind: "none" }
  /** Replaces a fraction `ratio` of the channels by those of a batch from `fusingSampler` (paper Eq. 2). */
  | {
      readonly kind: "headToTail";
      readonly ratio: number;
      readonly fusingSampler: SamplerName;
      /** Replacement of the fusing batch's features in an ablation; the batch is still drawn (code: H2T methods.py). */
      readonly content?: "zeros" | "noise";
    };
