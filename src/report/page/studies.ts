import type { DatasetName } from "../../experiments/experiment.ts";
import { frozenRows } from "../../experiments/studies/frozen.ts";
import { protocolChoices, protocolRowId } from "../../experiments/studies/protocol.ts";
import type { PaperTable } from "../../experiments/tables/table.ts";
import { tableOfRows } from "../../experiments/tables/table-of-rows.ts";

/** Rows of the kit's own that answer a question which the paper leaves open. */
export interface Study {
  readonly dataset: DatasetName;
  readonly heading: string;
  readonly table: PaperTable;
}

/** A table of chosen rows, without in their names what its caption says of all. */
function tableOf(name: string, title: string, rowIds: readonly string[], said = ""): PaperTable {
  const table = tableOfRows(name, title, rowIds);
  return {
    ...table,
    methods: table.methods.map((method) => ({ ...method, name: method.name.replace(said, "") })),
  };
}

/** The choices at the tables' own fusion ratio. */
const protocolIds = protocolChoices.flatMap((choice) =>
  choice.h2t === null || (choice.h2t.pair === "bs-is" && choice.h2t.ratio === 0.3)
    ? [protocolRowId(choice)]
    : [],
);

export const studies: readonly Study[] = [
  {
    dataset: "cifar10",
    heading: "H2T on a frozen backbone",
    table: tableOf(
      "frozen/cifar10/100",
      "Accuracy by fusion ratio p on CIFAR-10-LT at imbalance ratio 100: the backbone as stage I left it (shift-BN off), four crops of each image, features in half precision",
      frozenRows.map(({ id }) => id),
      ", frozen backbone",
    ),
  },
  {
    dataset: "cifar10",
    heading: "Choices that the paper leaves open",
    table: tableOf(
      "protocol/cifar10/100",
      "DR and DR+H2T at p = 0.3 under each way of normalising and of starting the classifier, CIFAR-10-LT at imbalance ratio 100",
      protocolIds,
    ),
  },
];
