import { groupAccuracy } from "../../src/evaluation/group-accuracy.ts";
import type { Evaluation } from "../../src/runs/record.ts";
import type { StoredRecord } from "../../src/runs/records.ts";
import { classGroups } from "../../src/splits/class-groups.ts";

/**
 * A made-up record whose numbers follow from each other, as those of a file must.
 *
 * Every class has the accuracy of its group by index, from which those over all classes and of groups by count follow; of two epochs the
 * first is the best one and the second the last, unless the last is better.
 */
export function consistent(stored: StoredRecord): StoredRecord {
  const { record } = stored;
  const { classCounts } = record.data;
  const [byIndex, byCount] = [classGroups(classCounts, "byIndex"), classGroups(classCounts, "byCount")];
  const of = ({ groups, calibration }: Evaluation, epoch: number): Evaluation => {
    const perClassAccuracy = classCounts.map((_, c) => {
      const group = byIndex.find(({ classes }) => classes.includes(c))?.name ?? "head";
      return groups.byIndex[group] ?? 0;
    });
    return {
      epoch,
      accuracy: perClassAccuracy.reduce((sum, accuracy) => sum + accuracy, 0) / classCounts.length,
      groups: {
        byIndex: groupAccuracy(perClassAccuracy, byIndex),
        byCount: groupAccuracy(perClassAccuracy, byCount),
      },
      perClassAccuracy,
      calibration,
    };
  };
  const evaluations = [of(record.bestOnTest, 1), of(record.last, 2)] as const;
  const [first, last] = evaluations;
  const history = evaluations.map((evaluation) => ({ ...evaluation, learningRate: 0.02, trainLoss: 1.5 }));
  const bestOnTest = last.accuracy > first.accuracy ? last : first;
  return { ...stored, record: { ...record, history, last, bestOnTest } };
}
