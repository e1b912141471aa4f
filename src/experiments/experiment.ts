import type { ClassifierKind } from "../models/classifier.ts";
import type { Stage } from "../stages/stage.ts";
import type { BackboneName } from "./backbones.ts";

/** Data sets on which a row may run instead of the paper's; `tiny-imagenet-32` are photographs, the others generated. */
export const standInNames = ["tiny-imagenet-32", "glyphs-10", "glyphs-100"] as const;
export type StandInName = (typeof standInNames)[number];

/** Data sets a row can run on. */
export const datasetNames = ["cifar10", "cifar100", ...standInNames] as const;
export type DatasetName = (typeof datasetNames)[number];

/**
 * How long a row trains.
 *
 * - `demo`: generated images and a short stage I; minutes.
 * - `trial`: real images, two epochs of either stage: shows that a row learns, and what an epoch takes.
 * - `short`: real images, stage I at a fifth of its epochs, warm-up and decays at the same fractions; stage II as published.
 * - `paper`: as published.
 */
export const profiles = ["demo", "trial", "short", "paper"] as const;
export type Profile = (typeof profiles)[number];

/** One row of a table: everything that decides its numbers except seed and profile. */
export interface Experiment {
  /** `table-1/cifar10/100/dr-h2t`, `table-5/bs-is`, …; on a stand-in `table-5/bs-is@tiny-imagenet-32`. */
  readonly id: string;
  /** The row's name in the paper. */
  readonly label: string;
  readonly dataset: DatasetName;
  /** Largest over smallest class count, at least 1. */
  readonly imbalanceRatio: number;
  readonly backbone: BackboneName;
  readonly classifier: ClassifierKind;
  /** As published; a profile may shorten it. */
  readonly stage: Stage;
  /** Row whose trained model this one starts from, with the same seed. */
  readonly from?: string;
  /** Row that this one is said to improve on: its gain is measured over that. */
  readonly base?: string;
  /** Trains on the features that ship with the kit where there are some, even if the images are packed. */
  readonly prefersShippedFeatures?: true;
  /** Settings that no source gives, and what they were taken from. */
  readonly inferred?: string;
}
