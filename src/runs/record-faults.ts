import { groupAccuracy } from "../evaluation/group-accuracy.ts";
import { classGroups, groupNames, groupRules } from "../splits/class-groups.ts";
import { bestOnTest, lastEvaluation } from "./history.ts";
import type { Evaluation, RunRecord } from "./record.ts";

/** Numbers that differ by no more are the same, but for the order in which something was added up. */
const tolerance = 1e-9;

const differs = (a: number | null, b: number | null) =>
  a === null || b === null ? a !== b : Math.abs(a - b) > tolerance;

/** The cells of an evaluation as its accuracies by class give them; every class has as many test images. */
function recomputed(perClass: readonly number[], classCounts: readonly number[]): [string, number | null][] {
  const mean = perClass.reduce((sum, accuracy) => sum + accuracy, 0) / perClass.length;
  return [
    ["accuracy", mean],
    ...groupRules.flatMap((rule) => {
      const groups = groupAccuracy(perClass, classGroups(classCounts, rule));
      return groupNames.map((name): [string, number | null] => [`groups.${rule}.${name}`, groups[name]]);
    }),
  ];
}

function faultIn(place: string, evaluation: Evaluation, classCounts: readonly number[]): string | null {
  const { perClassAccuracy } = evaluation;
  if (perClassAccuracy.length !== classCounts.length)
    return `${perClassAccuracy.length} classes at ${place}.perClassAccuracy, of ${classCounts.length}`;
  const cells = numbersOf(evaluation);
  for (const [cell, value] of recomputed(perClassAccuracy, classCounts)) {
    const got = cells.get(cell) ?? null;
    if (differs(got, value)) return `${got} at ${place}.${cell}, which perClassAccuracy makes ${value}`;
  }
  return null;
}

/** Every number of an evaluation by its place. */
const numbersOf = ({ epoch, accuracy, groups, perClassAccuracy, calibration }: Evaluation) =>
  new Map<string, number | null>([
    ["epoch", epoch],
    ["accuracy", accuracy],
    ...groupRules.flatMap((rule) =>
      groupNames.map((name) => [`groups.${rule}.${name}`, groups[rule][name]] as const),
    ),
    ...perClassAccuracy.map((value, c) => [`perClassAccuracy.${c}`, value] as const),
    ["calibration.ece", calibration.ece],
    ["calibration.mce", calibration.mce],
  ]);

function differenceFrom(place: string, stored: Evaluation, fromHistory: Evaluation): string | null {
  const numbers = numbersOf(stored);
  for (const [cell, value] of numbersOf(fromHistory)) {
    const got = numbers.get(cell) ?? null;
    if (differs(got, value)) return `${got} at ${place}.${cell}, which history makes ${value}`;
  }
  return null;
}

/**
 * Which number of a record does not follow from the others: tables show what is recomputed here.
 *
 * Accuracies over all classes and of groups follow from those by class and the class counts, the last and the best evaluation from
 * the history.
 *
 * @returns what it is, where, and what it should be; null if every number fits.
 */
export function recordFault({ data, history, last, bestOnTest: best }: RunRecord): string | null {
  for (const [i, entry] of history.entries()) {
    if (entry.epoch !== i + 1) return `epoch ${entry.epoch} at history.${i}`;
    const fault = faultIn(`history.${i}`, entry, data.classCounts);
    if (fault !== null) return fault;
  }
  return (
    differenceFrom("last", last, lastEvaluation(history)) ??
    differenceFrom("bestOnTest", best, bestOnTest(history))
  );
}
