/** The public list: what `import … from "h2t-kit"` gives. */
export { FailureError, KitError, UsageError } from "./errors.ts";
export { accuracyByClass } from "./evaluation/accuracy-by-class.ts";
export {
  type CalibrationError,
  type ConfidenceBin,
  expectedCalibrationError,
} from "./evaluation/calibration-error.ts";
export { confusionMatrix } from "./evaluation/confusion-matrix.ts";
export { evaluatePredictions, type Measures } from "./evaluation/evaluate-predictions.ts";
export { groupAccuracy } from "./evaluation/group-accuracy.ts";
export { predictedClasses } from "./evaluation/predicted-classes.ts";
export { softmax } from "./evaluation/softmax.ts";
export { type Purpose, RandomStream, randomStream } from "./random.ts";
export { drawOrder } from "./samplers/draw-order.ts";
export { type SamplerName, samplerNames } from "./samplers/sampler.ts";
export { chooseLongTailed } from "./splits/choose-long-tailed.ts";
export {
  classGroups,
  type Group,
  type GroupName,
  type GroupRule,
  groupNames,
  groupRules,
} from "./splits/class-groups.ts";
export { indicesByClass } from "./splits/indices-by-class.ts";
export { longTailedCounts } from "./splits/long-tailed-counts.ts";
export { longTailedPositions } from "./splits/long-tailed-positions.ts";
export { type LongTailedSplit, longTailedSplit } from "./splits/long-tailed-split.ts";
export { splitDigest } from "./splits/split-digest.ts";
