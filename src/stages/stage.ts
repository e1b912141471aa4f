import type { Fusion } from "../fusion/fusion.ts";
import type { Loss } from "../losses/loss.ts";
import type { Mixing } from "../mixing/mixing.ts";
import type { SamplerName } from "../samplers/sampler.ts";
import type { Optimiser } from "./optimiser.ts";
import type { Schedule } from "./schedule.ts";

interface StageBase {
  readonly epochs: number;
  /** Images per step. */
  readonly batchSize: number;
  /** Drops an incomplete last batch of an epoch. @default false */
  readonly dropLast?: true;
  readonly optimiser: Optimiser;
  readonly schedule: Schedule;
  readonly loss: Loss;
  /** Sampler of the images of the loss (stage II: the fused branch). */
  readonly sampler: SamplerName;
}

/** Stage I, which trains backbone and classifier from random weights. */
export interface RepresentationStage extends StageBase {
  readonly kind: "representation";
  readonly mixing: Mixing;
  /** Largest rotation in degrees, in either direction, after crop and flip; no rotation if absent. */
  readonly rotation?: number;
}

/** Batch normalisation of the frozen backbone in stage II. */
type FrozenBackbone =
  /** Training mode: normalises by the batch statistics and updates the running statistics (code: MisLAS, H2T). */
  | { readonly shiftBatchNorm: true }
  /** Inference mode: uses the running statistics of stage I; the paper says only that the representation is frozen. */
  | {
      readonly shiftBatchNorm: false;
      /**
       * Number of fixed crops per image, one of which is picked per draw; if absent, every draw makes a new crop.
       *
       * With fixed crops, one set of features serves all samplers and seeds.
       */
      readonly views?: number;
      /** Rounds features, including those of test images, to half precision, which halves their size. @default false */
      readonly halfPrecision?: true;
    };

/** Stage II, which freezes the backbone and retrains the classifier. */
export type ClassifierStage = StageBase &
  FrozenBackbone & {
    readonly kind: "classifier";
    readonly fusion: Fusion;
    /** Fine-tuned from stage I (code: H2T) or re-initialised (cRT, code: classifier-balancing). */
    readonly initialClassifier: "fine-tuned" | "re-initialised";
    /** Learning-rate multiplier per classifier parameter (default 1; 0 freezes it). */
    readonly rateFactors?: Readonly<Record<string, number>>;
  };

/** One stage of training, as data. */
export type Stage = RepresentationStage | ClassifierStage;
