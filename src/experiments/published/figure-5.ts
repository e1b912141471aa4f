/** One fusion ratio of Figure 5: accuracies in percent. */
export interface PublishedRatio {
  /** p, the fraction of channels replaced, in [0, 1]. */
  readonly ratio: number;
  readonly head: number;
  readonly medium: number;
  readonly tail: number;
  readonly all: number;
}

/**
 * Figure 5: accuracy by group against the fusion ratio p; CIFAR-100-LT at ratio 100, DR+H2T.
 *
 * At p = 0 the groups differ from Table 5's `DR w.o. H2T` although All is equal: two runs.
 * @source values from the AAAI slides, page 10; the paper prints only the curves
 */
export const publishedFigure5 = [
  { ratio: 0.0, head: 63.81, medium: 46.37, tail: 22.35, all: 45.68 },
  { ratio: 0.1, head: 63.08, medium: 48.69, tail: 25.38, all: 47.11 },
  { ratio: 0.2, head: 61.86, medium: 50.0, tail: 26.93, all: 47.58 },
  { ratio: 0.3, head: 62.0, medium: 50.17, tail: 27.07, all: 47.73 },
  { ratio: 0.4, head: 59.58, medium: 50.74, tail: 28.9, all: 47.59 },
  { ratio: 0.5, head: 56.31, medium: 51.34, tail: 30.79, all: 47.17 },
  { ratio: 0.6, head: 53.89, medium: 52.06, tail: 30.62, all: 46.5 },
  { ratio: 0.7, head: 51.92, medium: 50.63, tail: 33.24, all: 46.05 },
  { ratio: 0.8, head: 49.36, medium: 52.91, tail: 31.83, all: 45.52 },
  { ratio: 0.9, head: 47.94, medium: 50.46, tail: 32.66, all: 44.39 },
  { ratio: 1.0, head: 44.31, medium: 51.51, tail: 33.07, all: 43.57 },
] as const satisfies readonly PublishedRatio[];
