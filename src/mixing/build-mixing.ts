import { bilateral } from "./bilateral.ts";
import { cutMix } from "./cut-mix.ts";
import type { BatchMixing, Mixing, MixingContext } from "./mixing.ts";
import { mixup } from "./mixup.ts";
import { noMixing } from "./no-mixing.ts";

/** The mixing that a stage's data name. */
export function buildMixing(mixing: Mixing, context: MixingContext): BatchMixing {
  switch (mixing.kind) {
    case "none":
      return noMixing;
    case "mixup":
      return mixup(mixing.alpha, context.seed);
    case "cutMix":
      return cutMix(mixing, context);
    case "bilateral":
      return bilateral(mixing.sampler, context);
  }
}
