import { columnTitle, type PaperTable } from "./table.ts";

/** A gain that the paper prints behind ↑, and that its own accuracies make another. */
export interface ContradictedGain {
  readonly method: string;
  readonly column: string;
  readonly printed: number;
  /** Accuracies as printed, in percent: of the method, and of the one that it is said to improve on. */
  readonly accuracy: number;
  readonly over: number;
}

/** Half of the last digit that is printed. */
const tolerance = 0.005;

/** The gains of a table that are not, in print, the difference of the accuracies. */
export function contradictedGains({ columns, methods }: PaperTable): ContradictedGain[] {
  return methods.flatMap(({ name, cells }) =>
    cells.flatMap(({ published: accuracy, gain: printed, over }, i) => {
      const column = columns[i];
      if (column === undefined || accuracy === null || printed === null || over === null) return [];
      if (Math.abs(accuracy - over - printed) <= tolerance) return [];
      return { method: name, column: columnTitle(column), printed, accuracy, over };
    }),
  );
}

/** `DR+H2T, All: ↑3.52, but 40.95 − 37.40 = 3.55`. */
export const describeGain = ({ method, column, printed, accuracy, over }: ContradictedGain): string => {
  const [gain, high, low, difference] = [printed, accuracy, over, accuracy - over].map((n) => n.toFixed(2));
  return `${method}, ${column}: ↑${gain}, but ${high} − ${low} = ${difference}`;
};
