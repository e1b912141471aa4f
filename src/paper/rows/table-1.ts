import type { Experiment } from "../experiment.ts";
import { decoupled, fused, linear, mixupRepresentation, plainRepresentation } from "./recipes.ts";

/** Imbalance ratios of Table 1, in its order. */
const ratios = [200, 100, 50] as const;

const cifar10 = ratios.flatMap((imbalanceRatio) => {
  const base = { dataset: "cifar10", imbalanceRatio, classifier: linear } as const;
  const at = `table-1/cifar10/${imbalanceRatio}`;
  const from = `${at}/ce-mixup`;
  return [
    { id: `${at}/ce`, label: "CE loss", ...base, stage: plainRepresentation },
    // Not in the paper, whose CE row is plain here: stage I of the two rows below.
    { id: from, label: "CE + mixup", ...base, stage: mixupRepresentation },
    { id: `${at}/dr-mu`, label: "DR+MU", ...base, stage: decoupled(imbalanceRatio), from },
    { id: `${at}/dr-h2t`, label: "DR+H2T", ...base, stage: fused(imbalanceRatio, "instance"), from },
  ] satisfies Experiment[];
});

const cifar100 = ratios.flatMap((imbalanceRatio) => {
  const base = { dataset: "cifar100", imbalanceRatio, classifier: linear } as const;
  const at = `table-1/cifar100/${imbalanceRatio}`;
  const from = `${at}/ce`;
  return [
    // The paper's numbers are those of stage I with mixup (code: H2T README, MiSLAS README).
    { id: from, label: "CE loss", ...base, stage: mixupRepresentation },
    { id: `${at}/dr-mu`, label: "DR+MU", ...base, stage: decoupled(imbalanceRatio), from },
    { id: `${at}/dr-h2t`, label: "DR+H2T", ...base, stage: fused(imbalanceRatio, "instance"), from },
  ] satisfies Experiment[];
});

/** Rows of Table 1 that can be run: CE, DR+MU and DR+H2T, and on CIFAR-10 the stage I that the last two start from. */
export const table1Rows: readonly Experiment[] = [...cifar10, ...cifar100];
