import type { Analysis } from "../../src/analysis/analysis.ts";

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

/** One in which nothing is left out. */
export const fullAnalysis = (runId: string): Analysis =>
  madeUpAnalysis(runId, {
    embedding: {
      ...{ method: "t-SNE", perplexity: 30, iterations: 1000, learningRate: 50, seed: 0 },
      ...{ fusion: { ratio: 0.3, fusingSampler: "instance" }, x: [1.25, -2], y: [0, 3.5], labels: [0, 1] },
    },
    forces: {
      ...{ ratio: 1, draws: 4 },
      pairs: [
        {
          ...{ tail: 1, head: 0, kept: null },
          replaced: { tail: -0.5, head: 0.25, lengths: { tail: 1, head: 2 }, share: 0.75 },
        },
      ],
    },
  });
