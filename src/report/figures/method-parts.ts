import type { Experiment, Profile } from "../../experiments/experiment.ts";
import {
  describeClassifier,
  describeLoss,
  describeMixing,
} from "../../experiments/methods/describe-recipe.ts";
import { underProfile } from "../../experiments/profiles.ts";
import { findExperiment } from "../../experiments/rows/experiments.ts";

/** Where a part stands: on the way of the batch that is classified, on that of the batch that lends, or on both. */
export type Lane = "classified" | "lending" | "both";

/** One part of a stage, made from a value of its row. */
export interface MethodPart {
  readonly lane: Lane;
  readonly text: string;
  /** What it was made from, by its place in the row. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Which share of the channels is the lending batch's; only where channels are drawn. */
  readonly lent?: number;
}

/** A stage: parts at the same step stand side by side. */
export interface MethodStage {
  readonly heading: string;
  readonly steps: readonly (readonly MethodPart[])[];
}

type StageOf<K extends Experiment["stage"]["kind"]> = Extract<Experiment["stage"], { kind: K }>;

const classifierOf = ({ classifier }: Experiment) => describeClassifier(classifier) ?? "linear classifier";

function stageOne(row: Experiment, stage: StageOf<"representation">): MethodStage {
  const { epochs, batchSize, sampler, mixing, loss } = stage;
  const mixed = describeMixing(stage);
  const part = (text: string, values: MethodPart["values"]) => [{ lane: "both" as const, text, values }];
  return {
    heading: `Stage I: ${epochs} epochs in batches of ${batchSize}`,
    steps: [
      part(`${sampler} batches`, { sampler }),
      ...(mixed === undefined ? [] : [part(mixed, { mixing })]),
      part(`${row.backbone}, trained`, { backbone: row.backbone }),
      part(`${classifierOf(row)}, trained`, { classifier: row.classifier }),
      part(describeLoss(loss), { loss }),
    ],
  };
}

function stageTwo(row: Experiment, stage: StageOf<"classifier">): MethodStage {
  const { epochs, batchSize, sampler, fusion, shiftBatchNorm, initialClassifier, loss } = stage;
  const { backbone, classifier } = row;
  const statistics = shiftBatchNorm ? "its statistics drift" : "its statistics, too";
  const fuses = fusion.kind === "headToTail";
  const lane = fuses ? "classified" : "both";
  const lender = !fuses ? [] : [fusion];
  const contents = { zeros: "zeros", noise: "noise" } as const;
  const source = fuses && fusion.content !== undefined ? contents[fusion.content] : "the other batch";
  return {
    heading: `Stage II: ${epochs} epochs in batches of ${batchSize}`,
    steps: [
      [
        { lane, text: `${sampler} batches`, values: { sampler } },
        ...lender.map(({ fusingSampler }) => ({
          lane: "lending" as const,
          text: `${fusingSampler} batches`,
          values: { fusingSampler },
        })),
      ],
      [
        {
          lane: "both",
          text: `${backbone} of stage I, kept; ${statistics}`,
          values: { backbone, shiftBatchNorm },
        },
      ],
      [
        { lane, text: "pooled features F", values: { fusion }, lent: 0 },
        ...lender.map(() => ({
          lane: "lending" as const,
          text: "pooled features F′",
          values: { fusion },
          lent: 1,
        })),
      ],
      ...lender.map(({ ratio }) => [
        {
          lane: "both" as const,
          text: `F̃ = (1 − m) ⊗ F + m ⊗ F′: p = ${ratio} of the channels from ${source}`,
          values: { fusion },
          lent: ratio,
        },
      ]),
      [
        {
          lane: "both",
          text: `${classifierOf(row)}, ${initialClassifier}`,
          values: { classifier, initialClassifier },
        },
      ],
      [
        {
          lane: "both",
          text: `${describeLoss(loss)}${fuses ? `, labels of the ${sampler} batches` : ""}`,
          values: { loss },
        },
      ],
    ],
  };
}

/**
 * A row's stages part by part, in the order in which data flows, made from the row's own values.
 *
 * @param row - with the row that it starts from before it.
 * @param profile - decides the epochs.
 */
export function methodParts(row: Experiment, profile: Profile): MethodStage[] {
  const stage = underProfile(row.stage, profile);
  const before = row.from === undefined ? [] : methodParts(findExperiment(row.from), profile);
  return [...before, stage.kind === "representation" ? stageOne(row, stage) : stageTwo(row, stage)];
}
