import type { RandomStream } from "../random.ts";
import { bilateralBackbone } from "./bilateral-backbone.ts";
import { expertBackbone } from "./expert-backbone.ts";
import type { Backbone } from "./model.ts";
import { resnet8Backbone } from "./resnet8-backbone.ts";
import { resnet32Backbone } from "./resnet32-backbone.ts";

/** From images to the feature map; which one, as data. */
export type BackboneKind =
  | { readonly kind: "resnet32" }
  /** ResNet-32 with one block a stage in place of five: an eighth of its parameters, for where a minute must do. */
  | { readonly kind: "resnet8" }
  /** BBN: the last block twice, as experts 0 and 1. */
  | { readonly kind: "bilateral" }
  /** RIDE, ResLT as H2T has it: the second and third stage once an expert. */
  | {
      readonly kind: "experts";
      readonly experts: number;
      /** Channels of the experts' stages: 24 and 48 (RIDE as published) or 32 and 64 (code: H2T). */
      readonly widths: readonly [number, number];
    };

/**
 * A backbone with newly drawn weights.
 *
 * @param stream - draws the weights.
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
