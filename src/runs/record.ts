import { z } from "zod";
import { backboneNames } from "../experiments/backbones.ts";
import { datasetNames, profiles } from "../experiments/experiment.ts";
import { numClasses } from "../experiments/rows/stand-in.ts";

const fraction = z.number().min(0).max(1);
/** Mean accuracy of each group's classes; `null` where the group has no class. */
const groupAccuracy = z.object({
  head: fraction.nullable(),
  medium: fraction.nullable(),
  tail: fraction.nullable(),
});

/** What one evaluation on the test set measured; every accuracy is a fraction. */
export const evaluationSchema = z.object({
  /** Epochs finished when it was measured, from 1. */
  epoch: z.int().min(1),
  accuracy: fraction,
  groups: z.object({ byIndex: groupAccuracy, byCount: groupAccuracy }),
  perClassAccuracy: z.array(fraction),
  /** Expected and maximum calibration error, 15 bins. */
  calibration: z.object({ ece: fraction, mce: fraction }),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

/** One entry an epoch. */
export const historySchema = z.array(
  evaluationSchema.extend({ learningRate: z.number(), trainLoss: z.number() }),
);

/** By what epochs were trained: all that may move the bits of numbers and is no part of the configuration. */
const engineSchema = z.object({
  tensorflow: z.string(),
  threads: z.int().min(1),
  oneDnn: z.boolean(),
  device: z.string(),
  commit: z.string().nullable(),
});
export type Engine = z.infer<typeof engineSchema>;

/** The engine of epochs, up to and with one, from 1. */
export const epochsByEngineSchema = engineSchema.extend({ untilEpoch: z.int().min(1) });
export type EpochsByEngine = z.infer<typeof epochsByEngineSchema>;

const recordObject = z.object({
  /** 1 was without a digest. */
  schemaVersion: z.literal(2),
  /** Hash of configuration, seed, profile and data digest. */
  runId: z.string().regex(/^[0-9a-f]{16}$/),
  configuration: z.object({
    dataset: z.enum(datasetNames),
    imbalanceRatio: z.number().min(1),
    model: z.object({ backbone: z.enum(backboneNames), classifier: z.looseObject({ kind: z.string() }) }),
    /** The stage as run: the profile is already applied. */
    stage: z.looseObject({ kind: z.enum(["representation", "classifier"]), epochs: z.int().min(1) }),
    /** `runId` of the run it starts from. */
    from: z.string().nullable(),
  }),
  seed: z.int().min(0),
  /** Seed of the run it starts from; null where it starts from none, and in records from before, whose own it is. */
  fromSeed: z.int().min(0).nullable().default(null),
  profile: z.enum(profiles),
  data: z.object({
    digest: z.string(),
    origin: z.enum(["official", "re-encoded", "generated"]),
    /** SHA-256 of the chosen positions. */
    splitDigest: z.string(),
    classCounts: z.array(z.int().min(0)),
    trainImages: z.int().min(1),
    testImages: z.int().min(1),
  }),
  /** SHA-256 of the backbone that stage II kept; null in stage I, and in records from before it was noted. */
  backboneDigest: z.string().nullable().default(null),
  history: historySchema.min(1),
  /** After the last epoch. */
  last: evaluationSchema,
  /** At the epoch with the best test accuracy: the paper's protocol, which picks the model on the test set. */
  bestOnTest: evaluationSchema,
  provenance: z.object({
    versions: z.record(z.string(), z.string()),
    threads: z.int().min(1),
    oneDnn: z.boolean(),
    device: z.string(),
    commit: z.string().nullable(),
    /** SHA-256 over the kit's sources; absent in records from before it was noted. */
    sources: z.string().optional(),
    startedAt: z.iso.datetime(),
    wallSeconds: z.number().min(0),
    /** Whether features were read from a bank: then the time is not that of a first run. */
    replayed: z.boolean().default(false),
    /** Of a run that went on by another engine than it began by: those before, in the order of epochs. */
    earlier: z.array(epochsByEngineSchema).default([]),
  }),
});

/**
 * One trained and evaluated run. Everything but `provenance` is bit-identical for equal seed, threads and machine; of rows with several
 * heads a last bit may differ (docs/engine.md).
 */
export const recordSchema = recordObject.refine(
  ({ configuration, data }) => data.classCounts.length === numClasses[configuration.dataset],
  { error: "not one number for each class of the data set", path: ["data", "classCounts"] },
);
export type RunRecord = z.infer<typeof recordSchema>;
