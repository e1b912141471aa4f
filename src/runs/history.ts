import type { Evaluation, RunRecord } from "./record.ts";

type History = RunRecord["history"];

function evaluationOf(entry: History[number] | undefined): Evaluation {
  if (entry === undefined) throw new Error("internal: a run without epochs");
  const { learningRate: _rate, trainLoss: _loss, ...evaluation } = entry;
  return evaluation;
}

/** What was measured after the last epoch. */
export const lastEvaluation = (history: History): Evaluation => evaluationOf(history.at(-1));

/** What was measured at the first of the epochs with the best test accuracy: the paper's protocol. */
export const bestOnTest = (history: History): Evaluation =>
  evaluationOf(
    history.reduce<History[number] | undefined>(
      (best, entry) => (best === undefined || entry.accuracy > best.accuracy ? entry : best),
      undefined,
    ),
  );
