import { createHash } from "node:crypto";
import { join } from "node:path";
import { type BankKey, FeatureBank } from "../features/feature-bank.ts";
import type { Backbone, Moments } from "../models/model.ts";
import type { Stage } from "../stages/stage.ts";
import type { LockOptions } from "../storage/lock.ts";
import type { RunRecord } from "./record.ts";
import type { RunFolders } from "./run-folders.ts";

/** SHA-256 over names, shapes and values of everything that a backbone's features depend on. */
export function backboneDigest({ parameters, statistics }: Backbone): string {
  const hash = createHash("sha256");
  for (const [name, variable] of [...parameters, ...statistics]) {
    hash.update(`${name} ${variable.shape}\n`).update(variable.dataSync<"float32">());
  }
  return hash.digest("hex");
}

/** What the features of a run's images depend on. */
export interface BankBasis {
  /** SHA-256 of the backbone as stage II finds it. */
  readonly backbone: string;
  /** What is pooled of each channel. */
  readonly moments: Moments;
  readonly data: Pick<RunRecord["data"], "digest" | "splitDigest">;
  /** By what the features are computed: its rounding is in them. */
  readonly provenance: Pick<RunRecord["provenance"], "versions" | "threads" | "oneDnn" | "device">;
}

/**
 * What the features of the test images depend on besides the images.
 *
 * @param after - digest of the backbone as it stands, whatever has moved its statistics.
 */
export const testKey = (stage: Stage, after: string): BankKey => ({
  ...{ branch: "test", after },
  ...(stage.kind === "classifier" && !stage.shiftBatchNorm && stage.halfPrecision && { halfPrecision: true }),
});

const banksIn = (folder: string) => join(folder, "feature-banks");

/**
 * Features that ship with the kit: whoever reads them gets the same ones, whatever engine computed them.
 *
 * @param results - the folder of shipped records.
 * @param waiting - for features that another process computes, where this one is to store them.
 */
export const shippedBank = (
  results: string,
  basis: Omit<BankBasis, "provenance">,
  waiting: LockOptions = {},
): FeatureBank => new FeatureBank(banksIn(results), imagesKey(basis), waiting);

/**
 * The features that runs with the same backbone, images and engine share, in a folder beside them, behind the shipped ones.
 *
 * @param waiting - for features that another process computes.
 */
export function runBank(
  { runs, results }: RunFolders,
  basis: BankBasis,
  waiting: LockOptions = {},
): FeatureBank {
  const { versions, threads, oneDnn, device } = basis.provenance;
  return new FeatureBank(
    banksIn(runs),
    { ...imagesKey(basis), engine: { tensorflow: versions.tensorflow, threads, oneDnn, device } },
    { ...waiting, ...(results !== undefined && { shipped: shippedBank(results, basis) }) },
  );
}

/** Backbone and images. */
const imagesKey = ({ backbone, moments, data }: Omit<BankBasis, "provenance">): BankKey => ({
  backbone,
  // Where it is absent, it is the first: banks from before know no other.
  ...(moments === 1 ? {} : { moments }),
  data: data.digest,
  split: data.splitDigest,
});
