/** Public exports of the package `h2t-kit`. */

export { datasetShape } from "./cli/dataset-shape.ts";
export { paths } from "./cli/paths.ts";
export { rowsNamed } from "./cli/rows-named.ts";
export { type FigureOptions, runFigure } from "./cli/run-figure.ts";
export { type RowsOptions, runRows } from "./cli/run-rows.ts";
export { type ProfileChoice, runTable, type ShownTable } from "./cli/run-table.ts";
export { tableNamed } from "./cli/table-setting.ts";
export { type CompiledStep, compile, type InputSpec } from "./engine/compile.ts";
export { tf } from "./engine/tensorflow.ts";
export { FailureError, Interrupted, KitError, UsageError } from "./errors.ts";
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
export { drawChannelMask, fuseHeadToTail } from "./fusion/head-to-tail.ts";
export { mixImages } from "./fusion/mixup.ts";
export type { Dataset, ImageOrigin, ImageSet } from "./images/image-set.ts";
export { loadDataset } from "./images/load-dataset.ts";
export { type PrepareOptions, prepareDataset } from "./images/prepare-dataset.ts";
export { balancedSoftmaxLoss } from "./losses/balanced-softmax.ts";
export { crossEntropyLoss } from "./losses/cross-entropy.ts";
export { drwWeights } from "./losses/drw-weights.ts";
export { drawCloudNoise, type GclOptions, gclLoss } from "./losses/gcl.ts";
export { labelAwareSmoothingLoss } from "./losses/label-aware-smoothing.ts";
export { type LdamOptions, ldamLoss } from "./losses/ldam.ts";
export type { Loss } from "./losses/loss.ts";
export { resltLoss } from "./losses/reslt.ts";
export { rideLoss } from "./losses/ride.ts";
export type { BackboneKind } from "./models/backbone.ts";
export { buildModel } from "./models/build-model.ts";
export type { ClassifierKind } from "./models/classifier.ts";
export { disposeModel, type Model, modelVariables, pool } from "./models/model.ts";
export { type ResNet32Options, resnet32 } from "./models/resnet32.ts";
export { analysisOf, readAnalyses } from "./paper/analyses.ts";
export type { Analysis, Embedding, Forces } from "./paper/analysis.ts";
export {
  type DatasetName,
  datasetNames,
  type Experiment,
  type Profile,
  profiles,
  type StandInName,
  standInNames,
} from "./paper/experiment.ts";
export { figureRows } from "./paper/figure-rows.ts";
export { underProfile } from "./paper/profiles.ts";
export type { Evaluation, RunRecord } from "./paper/record.ts";
export {
  type RecordFolders,
  readRecord,
  readRecords,
  recordsOf,
  type StoredRecord,
} from "./paper/records.ts";
export { experiments, findExperiment } from "./paper/rows/experiments.ts";
export { settingOf } from "./paper/rows/stand-in.ts";
export { type RunOptions, runExperiment } from "./paper/run.ts";
export type { RunFolders } from "./paper/run-folders.ts";
export { runIdOf } from "./paper/run-id.ts";
export { type Metric, metrics, type PaperTable, type TableName, tableNames } from "./paper/table.ts";
export { tableOfRows } from "./paper/table-of-rows.ts";
export { findTable } from "./paper/tables.ts";
export { type Purpose, RandomStream, randomStream } from "./random.ts";
export { awaitedFacts } from "./report/awaited-facts.ts";
export { type EpochLine, epochLines, toDataFrame } from "./report/data-frame.ts";
export {
  type Displayable,
  displayAccuracyByGroup,
  displayClassCounts,
  displayFacts,
  displayFigure,
  displayTable,
} from "./report/display.ts";
export type { Figure, FigureBuilder, FigureInput } from "./report/figures/figure.ts";
export { type FigureName, figureNames, figures } from "./report/figures/figures.ts";
export type { PlotlyFigure } from "./report/figures/plotly-figure.ts";
export { type DrawsBySampler, samplerDraws } from "./report/figures/sampler-draws.ts";
export { type LiveTrainingChart, liveTrainingChart } from "./report/live-training-chart.ts";
export { renderTable } from "./report/render-table.ts";
export { show } from "./report/show.ts";
export type { TableModel, TableOptions } from "./report/table-model.ts";
export { toCsv } from "./report/to-csv.ts";
export { toHtml } from "./report/to-html.ts";
export { toJson } from "./report/to-json.ts";
export { toLatex } from "./report/to-latex.ts";
export { toMarkdown } from "./report/to-markdown.ts";
export { drawOrder } from "./samplers/draw-order.ts";
export { type ClassDraws, drawsByClass } from "./samplers/draws-by-class.ts";
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
export type { ClassifierStage, RepresentationStage, Stage } from "./training/stage.ts";
