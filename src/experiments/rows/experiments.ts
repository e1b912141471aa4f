import { UsageError } from "../../errors.ts";
import { type Experiment, standInNames } from "../experiment.ts";
import { nearest } from "../nearest.ts";
import { frozenRows } from "../studies/frozen.ts";
import { protocolRows } from "../studies/protocol.ts";
import { quickstartRows } from "../studies/quickstart.ts";
import { tauNormRows } from "../studies/tau-norm.ts";
import { figure5Rows } from "./figure-5.ts";
import { onStandIn } from "./stand-in.ts";
import { table1Rows } from "./table-1.ts";
import { table5Rows } from "./table-5.ts";

const rows: readonly Experiment[] = [
  ...table1Rows,
  ...table5Rows,
  ...figure5Rows,
  ...tauNormRows,
  ...protocolRows,
  ...frozenRows,
  ...quickstartRows,
];
const byId = new Map(rows.map((row) => [row.id, row]));

/**
 * Every row that can be run, on the data that it names, in the order of the tables, then Figure 5, the sweep of τ, the study of the
 * protocol, the frozen rows and the quickstart.
 *
 * @returns the same rows each time.
 * @example experiments().filter(({ id }) => id.startsWith("table-5/")).map(({ label }) => label);
 */
export function experiments(): readonly Experiment[] {
  return rows;
}

/**
 * The row of an id, such as `table-5/bs-is`, or `table-5/bs-is@glyphs-10` on a stand-in.
 *
 * @param id - as `experiments()` lists them, followed by `@` and a stand-in where wanted.
 * @throws {UsageError} if there is no such row or stand-in; the nearest ids are in the message.
 * @example findExperiment("table-1/cifar10/100/dr-h2t").imbalanceRatio; // → 100
 */
export function findExperiment(id: string): Experiment {
  const [rowId = "", standIn] = id.split(/@(.*)/s);
  const row = byId.get(rowId);
  const dataset = standInNames.find((name) => name === standIn);
  if (row && standIn === undefined) return row;
  if (row && dataset) return onStandIn(row, dataset);
  if (row) {
    throw new UsageError({
      rule: "a row's stand-in must be a data set other than the paper's",
      got: `"${id}"`,
      remedy: `use ${standInNames.map((name) => `"${rowId}@${name}"`).join(", ")} or "${rowId}"`,
    });
  }
  const ending = dataset === undefined ? "" : `@${dataset}`;
  throw new UsageError({
    rule: "a row must be one that the kit can run",
    got: `"${id}"`,
    remedy: `did you mean ${nearest(rowId, [...byId.keys()])
      .map((valid) => `"${valid}${ending}"`)
      .join(", ")}? \`h2t list\` shows them all`,
  });
}
