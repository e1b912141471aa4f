/** The public list: what `import … from "h2t-kit"` gives. */

export { analysisOf, readAnalyses } from "./analysis/analyses.ts";
export type { Analysis, Embedding, Forces } from "./analysis/analysis.ts";
export type { Dataset, ImageOrigin, ImageSet } from "./data/image-set.ts";
export { loadDataset } from "./data/packs/load-dataset.ts";
export { type PrepareOptions, prepareDataset } from "./data/packs/prepare-dataset.ts";
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
export {
  type DatasetName,
  datasetNames,
  type Experiment,
  type Profile,
  profiles,
  type StandInName,
  standInNames,
} from "./experiments/experiment.ts";
export { underProfile } from "./experiments/profiles.ts";
export { experiments, findExperiment } from "./experiments/rows/experiments.ts";
export { settingOf } from "./experiments/rows/stand-in.ts";
export { figureRows } from "./experiments/tables/figure-rows.ts";
export {
  type Metric,
  metrics,
  type PaperTable,
  type TableName,
  tableNames,
} from "./experiments/tables/table.ts";
export { tableOfRows } from "./experiments/tables/table-of-rows.ts";
export { findTable } from "./experiments/tables/tables.ts";
export { drawChannelMask, fuseHeadToTail } from "./fusion/head-to-tail.ts";
export { balancedSoftmaxLoss } from "./losses/balanced-softmax.ts";
export { crossEntropyLoss } from "./losses/cross-entropy.ts";
export { drwWeights } from "./losses/drw-weights.ts";
export { drawCloudNoise, type GclOptions, gclLoss } from "./losses/gcl.ts";
export { labelAwareSmoothingLoss } from "./losses/label-aware-smoothing.ts";
export { type LdamOptions, ldamLoss } from "./losses/ldam.ts";
export type { Loss } from "./losses/loss.ts";
export { resltLoss } from "./losses/reslt.ts";
export { rideLoss } from "./losses/ride.ts";
export { mixImages } from "./mixing/mixup.ts";
export type { BackboneKind } from "./models/backbone.ts";
export { buildModel } from "./models/build-model.ts";
export type { ClassifierKind } from "./models/classifier.ts";
export { disposeModel, type Model, modelVariables, pool } from "./models/model.ts";
export { type ResNet32Options, resnet32 } from "./models/resnet32.ts";
export { type Purpose, RandomStream, randomStream } from "./random.ts";
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
export { show } from "./report/show.ts";
export { awaitedFacts } from "./report/tables/awaited-facts.ts";
export { renderTable } from "./report/tables/render-table.ts";
export type { TableModel, TableOptions } from "./report/tables/table-model.ts";
export { toCsv } from "./report/tables/to-csv.ts";
export { toHtml } from "./report/tables/to-html.ts";
export { toJson } from "./report/tables/to-json.ts";
export { toLatex } from "./report/tables/to-latex.ts";
export { toMarkdown } from "./report/tables/to-markdown.ts";
export type { Evaluation, RunRecord } from "./runs/record.ts";
export {
  type RecordFolders,
  readRecord,
  readRecords,
  recordsOf,
  type StoredRecord,
} from "./runs/records.ts";
export { type RunOptions, runExperiment } from "./runs/run.ts";
export type { RunFolders } from "./runs/run-folders.ts";
export { runIdOf } from "./runs/run-plan.ts";
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
export type { ClassifierStage, RepresentationStage, Stage } from "./stages/stage.ts";
export { datasetShape } from "./workflow/dataset-shape.ts";
export { paths } from "./workflow/paths.ts";
export { rowsNamed } from "./workflow/rows-named.ts";
export { type FigureOptions, runFigure } from "./workflow/run-figure.ts";
export { type RowsOptions, runRows } from "./workflow/run-rows.ts";
export { type ProfileChoice, runTable, type ShownTable } from "./workflow/run-table.ts";
export { tableNamed } from "./workflow/table-setting.ts";
