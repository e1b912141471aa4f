import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { batchLabels } from "../data/batches/batch.ts";
import { compile, type InputSpec } from "../engine/compile.ts";
import { tf } from "../engine/tensorflow.ts";
import type { FeatureBank } from "../features/feature-bank.ts";
import { lentFeatures } from "../features/lent-features.ts";
import { RunningStatistics } from "../features/running-statistics.ts";
import { buildStageFeatures } from "../features/stage-features.ts";
import { classSizes, type TrainingData } from "../features/training-data.ts";
import { buildViewFeatures } from "../features/view-features.ts";
import { fuseHeadToTail } from "../fusion/head-to-tail.ts";
import { drawExpertMasks } from "../fusion/lend-features.ts";
import { buildLoss } from "../losses/loss.ts";
import { classifierVariables, type Model, modelVariables, pooledSize } from "../models/model.ts";
import { randomStream } from "../random.ts";
import type { ClassifierStage } from "../stages/stage.ts";
import { buildSgd } from "./sgd.ts";
import { firstNonFinite, type StageStep } from "./stage-step.ts";
import { targetLosses } from "./target-losses.ts";

/**
 * Stage II: trains the classifier on the frozen backbone's features, fused or not.
 *
 * Where the features come from, computed or read from the bank, changes no bit of the result.
 *
 * @param bank - null computes every feature and keeps none.
 * @source paper Algorithm 1; code: H2T train_stage2.py (the fused batch passes the backbone first)
 */
export function classifierStep(
  model: Model,
  stage: ClassifierStage,
  data: TrainingData,
  seed: number,
  bank: FeatureBank | null,
): StageStep {
  const { backbone, classifier } = model;
  const { fusion } = stage;
  const views = stage.shiftBatchNorm ? undefined : stage.views;
  const features =
    views === undefined
      ? buildStageFeatures(model, stage, data, seed, bank)
      : buildViewFeatures(model, stage, views, data, seed, bank);
  const sgd = buildSgd(classifier.parameters, stage.optimiser, stage.rateFactors);
  const losses = targetLosses(buildLoss(stage.loss, classSizes(data)), 1, seed, 2);
  const size = pooledSize(model);
  const batch: InputSpec = { shape: [null, size], dtype: "float32" };
  const inputs: Record<string, InputSpec> = {
    fused: batch,
    labels: { shape: [null], dtype: "int32" },
    learningRate: { shape: [], dtype: "float32" },
    ...(fusion.kind === "none" ? {} : { fusing: batch, mask: { shape: [size], dtype: "float32" } }),
    ...losses.inputs,
  };
  const layout = {
    ...{ channels: backbone.featureSize, experts: backbone.experts, moments: classifier.moments },
  };

  const step = compile(
    (input) => {
      const fused = input.fused as Tensor2D;
      const pooled =
        fusion.kind === "none"
          ? fused
          : fuseHeadToTail(fused, input.fusing as Tensor2D, input.mask as Tensor1D);
      const loss = () => {
        const heads = classifier.heads(pooled, "training");
        return losses.compute(heads, [{ labels: input.labels as Tensor1D }], input);
      };
      // Where every parameter stays as it is there is nothing to differentiate by.
      if (sgd.parameters.size === 0) return { loss: loss() };
      const { value, grads } = tf.variableGrads(loss, [...sgd.parameters.values()]);
      sgd.update(grads, input.learningRate as Tensor);
      return { loss: value };
    },
    { inputs, variables: [...classifierVariables(classifier).values(), ...sgd.velocities.values()] },
  );

  let statistics: RunningStatistics | undefined;
  return {
    velocities: sgd.velocities,
    prepare: features.prepare,
    async beginEpoch(epoch, order) {
      const channels = randomStream(seed, "fusion", 2, epoch);
      const noise = randomStream(seed, "fusing-noise", 2, epoch);
      const lossInputs = losses.beginEpoch(epoch);
      const batchesAt = await features.beginEpoch(epoch, order);
      statistics = stage.shiftBatchNorm ? new RunningStatistics(backbone.statistics) : undefined;
      return (indices, start, learningRate) => {
        const [fused, fusing] = batchesAt(start);
        for (const drift of [fused?.drift, fusing?.drift]) if (drift) statistics?.move(drift);
        const lent =
          fusion.kind === "none"
            ? {}
            : {
                fusing: lentFeatures(fusion, fusing?.features as Float32Array, noise),
                mask: drawExpertMasks(fusion.ratio, layout, channels),
              };
        const results = step.run({
          fused: fused?.features as Float32Array,
          labels: batchLabels(data.set, indices),
          learningRate: Float32Array.of(learningRate),
          ...lent,
          ...lossInputs(indices.length),
        });
        return results.loss?.[0] as number;
      };
    },
    firstNonFinite: () => firstNonFinite(modelVariables(model), step),
    endEpoch() {
      features.endEpoch();
      statistics?.assign();
      step.writeBack();
    },
    dispose() {
      features.dispose();
      step.dispose();
      for (const velocity of sgd.velocities.values()) velocity.dispose();
    },
  };
}
