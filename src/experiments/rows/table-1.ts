import type { Experiment } from "../experiment.ts";
import type { Method, Setting } from "../methods/method.ts";
import { methods } from "../methods/methods.ts";

/** Data sets and imbalance ratios of Table 1, in its order. */
export const table1Settings: readonly Setting[] = (["cifar10", "cifar100"] as const).flatMap((dataset) =>
  ([200, 100, 50] as const).map((imbalanceRatio) => ({ dataset, imbalanceRatio })),
);

const rowId = ({ dataset, imbalanceRatio }: Setting, key: string) =>
  `table-1/${dataset}/${imbalanceRatio}/${key}`;

/** A method as a row of Table 1. */
function row(method: Method, setting: Setting): Experiment {
  const { backbone = "resnet32", classifier, stage, from } = method.recipe(setting);
  const { base } = method;
  const inferred = method.inferred?.(setting);
  return {
    ...{ id: rowId(setting, method.key), label: method.label, ...setting },
    ...{ backbone, classifier, stage },
    ...(from === undefined ? {} : { from: rowId(setting, from) }),
    ...(base === undefined ? {} : { base: rowId(setting, base) }),
    ...(inferred === undefined ? {} : { inferred }),
  };
}

/** Every method on both data sets at every ratio; CE + mixup only where it is not CE itself. */
export const table1Rows: readonly Experiment[] = table1Settings.flatMap((setting) =>
  methods
    .filter(({ key }) => key !== "ce-mixup" || setting.dataset === "cifar10")
    .map((method) => row(method, setting)),
);
