import type { Analysis } from "../../src/paper/analysis.ts";

/** An analysis of a run of two classes, of which every number is made up. */
export const madeUpAnalysis = (runId: string, own: Partial<Analysis> = {}): Analysis => ({
  schemaVersion: 1,
  runId,
  confusion: [
    [3, 1],
    [2, 2],
  ],
  bins: [{ above: 0, upTo: 1, count: 8, accuracy: 0.625, confidence: 0.75 }],
  embedding: null,
  forces: null,
  ...own,
});
