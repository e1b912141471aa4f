import type { Deviation } from "./methods/method.ts";
import { methods } from "./methods/methods.ts";
import { contradictedGains, describeGain } from "./tables/contradicted-gains.ts";
import { tableNames } from "./tables/table.ts";
import { findTable } from "./tables/tables.ts";

/** Those that every row shares. */
const shared: readonly Deviation[] = [
  {
    topic: "Head, medium, tail",
    paper:
      "By count in the text (n > 100, n ≤ 20); the tables' numbers recompose only under fixed index ranges.",
    kit: "The index ranges by default; both are in every record.",
  },
  {
    topic: "Chosen epoch",
    paper: "The code reports the epoch with the best accuracy on the test set.",
    kit: "The same by default, and flagged; the last epoch is in every record.",
  },
];

/** A deviation, and which rows it concerns. */
export interface DeviationOfRows extends Deviation {
  /** Names of the methods, or `every row`. */
  readonly rows: string;
}

/** Where what the paper prints behind ↑ is not what its own accuracies say. */
function printedGains(): DeviationOfRows {
  const found = tableNames.map((name) => ({ name, gains: contradictedGains(findTable(name)) }));
  const places = found.flatMap(({ name, gains }) =>
    gains.length === 0 ? [] : [`${name.replace("table-", "Table ")}: ${gains.map(describeGain).join("; ")}.`],
  );
  return {
    rows: [...new Set(found.flatMap(({ gains }) => gains.map(({ method }) => method)))].join(", "),
    topic: "Printed gains",
    paper: `Not every ↑ is the difference of the accuracies. ${places.join(" ")}`,
    kit: "Tables show them as printed, with a note below; the report's summary has both, the README the difference.",
  };
}

/** What a reader of the tables must know: what every row shares, then what single methods do, each once. */
export const deviations: readonly DeviationOfRows[] = [
  ...shared.map((deviation) => ({ rows: "every row", ...deviation })),
  printedGains(),
  ...[...new Set(methods.flatMap(({ deviations: own = [] }) => own))].map((deviation) => ({
    rows: methods
      .flatMap(({ label, deviations: own = [] }) => (own.includes(deviation) ? [label] : []))
      .join(", "),
    ...deviation,
  })),
];
