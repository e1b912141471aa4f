import type { RandomStream } from "../random.ts";
import { bilateralBackbone } from "./bilateral-backbone.ts";
import { expertBackbone } from "./expert-backbone.ts";
import type { Backbone } from "./model.ts";
import { resnet8Backbone } from "./resnet8-backbone.ts";
import { resnet32Backbone } from "./resnet32-backbone.ts";

/** Kind of backbone, as data. */
export type BackboneKind =
  | { readonly kind: "resnet32" }
  /** ResNet-32 with one block per stage instead of five, for quick runs: an eighth of the parameters. */
  | { readonly kind: "resnet8" }
  /** BBN: two copies of the last block, as experts 0 and 1. */
  | { readonly kind: "bilateral" }
  /** RIDE, and ResLT in H2T's code: separate second and third stages per expert. */
  | {
      readonly kind: "experts";
      readonly experts: number;
      /** Channels of the experts' two stages: 24 and 48 (RIDE as published) or 32 and 64 (code: H2T). */
      readonly widths: readonly [number, number];
    };

/**
 * Builds a backbone with random weights.
 *
 * @param stream - random numbers of the weights.
 * @example buildBackbone({ kind: "experts", experts: 3, widths: [24, 48] }, randomStream(0, "initialisation")).featureSize; // → 144
 */
export function buildBackbone(kind: BackboneKind, stream: RandomStream): Backbone {
  switch (kind.kind) {
    case "resnet32":
      return resnet32Backbone(stream);
    case "resnet8":
      return resnet8Backbone(stream);
    case "bilateral":
      return bilateralBackbone(stream);
    case "experts":
      return expertBackbone(kind.experts, kind.widths, stream);
  }
}
