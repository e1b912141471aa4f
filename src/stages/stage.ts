import type { Fusion } from "../fusion/fusion.ts";
import type { Loss } from "../losses/loss.ts";
import type { Mixing } from "../mixing/mixing.ts";
import type { SamplerName } from "../samplers/sampler.ts";
import type { Optimiser } from "./optimiser.ts";
import type { Schedule } from "./schedule.ts";

interface StageBase {
  readonly epochs: number;
  /** Images a step. */
  readonly batchSize: number;
  /** Leaves out an epoch's last batch where it is not whole; it is kept where absent. */
  readonly dropLast?: true;
  readonly optimiser: Optimiser;
  readonly schedule: Schedule;
  readonly loss: Loss;
  /** Draws the images that the loss is measured on (stage II: the fused branch). */
  readonly sampler: SamplerName;
}

/** Stage I: trains backbone and classifier from random weights. */
export interface RepresentationStage extends StageBase {
  readonly kind: "representation";
  readonly mixing: Mixing;
  /** Largest angle in degrees by which images are turned, either way, after crop and flip; not at all where absent. */
  readonly rotation?: number;
}

/** How the kept backbone normalises in stage II. */
type KeptBackbone =
  /** In training mode: batch statistics normalise, running statistics drift (code: MisLAS, H2T). */
  | { readonly shiftBatchNorm: true }
  /** As stage I left it: the paper says only that the representation is frozen. */
  | {
      readonly shiftBatchNorm: false;
      /**
       * Fixed crops of each image, of which every draw picks one; where absent, every draw crops anew.
       *
       * Few views make one set of features serve every sampler and seed.
       */
      readonly views?: number;
      /** Whether features, those of the test images too, are rounded to half precision, in which they take half the space. */
      readonly halfPrecision?: true;
    };

/** Stage II: keeps the backbone and re-trains the classifier. */
export type ClassifierStage = StageBase &
  KeptBackbone & {
    readonly kind: "classifier";
    readonly fusion: Fusion;
    /** Fine-tuned from stage I (code: H2T) or drawn anew (cRT, code: classifier-balancing). */
    readonly initialClassifier: "fine-tuned" | "re-initialised";
    /** By what each parameter of the classifier multiplies the learning rate; 1 where absent, and 0 keeps it as it is. */
    readonly rateFactors?: Readonly<Record<string, number>>;
  };

/** One stage of training, as data. */
export type Stage = RepresentationStage | ClassifierStage;
