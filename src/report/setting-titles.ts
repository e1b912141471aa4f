import type { DatasetName, Profile } from "../experiments/experiment.ts";

/** What a data set is called where readers meet it. */
export const datasetTitles = {
  cifar10: "CIFAR-10",
  cifar100: "CIFAR-100",
  "tiny-imagenet-32": "Tiny ImageNet at 32 × 32 pixels",
  "glyphs-10": "glyphs-10, images drawn by the kit",
  "glyphs-100": "glyphs-100, images drawn by the kit",
} as const satisfies Record<DatasetName, string>;

/** A profile and what it shortens. */
export const profileTexts = {
  demo: "demo: a much shortened stage I",
  trial: "trial: two epochs of either stage, which shows that a row learns and no more",
  short: "short: stage I at a fifth of the published epochs, stage II as published",
  paper: "paper: as published",
} as const satisfies Record<Profile, string>;
