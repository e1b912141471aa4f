import { mixupStageOne } from "../methods/cross-entropy.ts";
import { findExperiment } from "../rows/experiments.ts";
import { type FusingPair, fusingSamplers, tableRatio } from "../studies/frozen.ts";
import { type ProtocolChoice, protocolRowId } from "../studies/protocol.ts";
import { figure5 } from "./figure-5.ts";
import type { PaperTable, TableMethod } from "./table.ts";
import { findTable } from "./tables.ts";

const setting = { dataset: "cifar10", imbalanceRatio: 100 } as const;
/** The published procedure. */
const rowOf = (h2t: ProtocolChoice["h2t"]) =>
  protocolRowId({ dataset: "cifar10", normalisation: "shift-bn", startingClassifier: "fine-tuned", h2t });

const isPair = (key: string): key is FusingPair => key in fusingSamplers;

function rowIdOf({ key }: TableMethod): string {
  if (isPair(key)) return rowOf({ pair: key, ratio: tableRatio });
  return key === "ce" ? `table-1/cifar10/100/${mixupStageOne(setting)}` : rowOf(null);
}

/** The same lines measured on CIFAR-10-LT, for which the paper has no numbers. */
function onCifar10(table: PaperTable, title: string, idOf: (method: TableMethod) => string): PaperTable {
  return {
    name: `${table.name}/cifar10`,
    title,
    columns: table.columns.map((column) => ({ ...column, dataset: setting.dataset })),
    methods: table.methods.map((method) => ({
      ...method,
      // CE of the table on CIFAR-100-LT has mixup, which the paper's CE on CIFAR-10-LT lacks.
      ...(method.key === "ce" && { name: findExperiment(idOf(method)).label }),
      source: "added",
      cells: method.cells.map(() => ({
        ...{ published: null, gain: null, over: null },
        rowId: idOf(method),
      })),
    })),
  };
}

/** Table 5 and Figure 5, which the paper gives for CIFAR-100-LT, on CIFAR-10-LT at the same ratio. */
export const tablesOnCifar10: readonly PaperTable[] = [
  onCifar10(
    findTable("table-5"),
    "Impact of different samplers, CIFAR10-LT at imbalance ratio 100, ResNet-32",
    rowIdOf,
  ),
  onCifar10(
    figure5,
    "Accuracy by group against the fusion ratio p: DR+H2T on CIFAR-10-LT at imbalance ratio 100",
    ({ key }) => rowOf({ pair: "bs-is", ratio: Number(key) }),
  ),
];
