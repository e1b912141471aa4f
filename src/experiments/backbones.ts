import type { BackboneKind } from "../models/backbone.ts";

/** The backbones by the names under which rows and records know them. */
export const backbones = {
  resnet32: { kind: "resnet32" },
  resnet8: { kind: "resnet8" },
  "resnet32-bilateral": { kind: "bilateral" },
  "resnet32-experts": { kind: "experts", experts: 3, widths: [32, 64] },
  "resnet32-narrow-experts": { kind: "experts", experts: 3, widths: [24, 48] },
} as const satisfies Record<string, BackboneKind>;

export type BackboneName = keyof typeof backbones;
/** Their names. */
export const backboneNames = Object.keys(backbones) as [BackboneName, ...BackboneName[]];
