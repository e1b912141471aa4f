import { accuracyByRatio } from "./accuracy-by-ratio.ts";
import { confusionFigure } from "./confusion-matrix.ts";
import { featuresByRatio } from "./features-by-ratio.ts";
import type { FigureBuilder } from "./figure.ts";
import { fusedFeatures } from "./fused-features.ts";
import { methodDiagram } from "./method-diagram.ts";
import { reliabilityDiagram } from "./reliability-diagram.ts";
import { tailPredictions } from "./tail-predictions.ts";
import { twoForces } from "./two-forces.ts";

/** Every figure that can be drawn from records, by name. */
export const figures = {
  "figure-1b": tailPredictions,
  "figure-2": methodDiagram,
  "figure-3": twoForces,
  "figure-4": fusedFeatures,
  "figure-5": accuracyByRatio,
  "figure-s1": featuresByRatio,
  "reliability-diagram": reliabilityDiagram,
  "confusion-matrix": confusionFigure,
} as const satisfies Record<string, FigureBuilder>;

export type FigureName = keyof typeof figures;

export const figureNames = Object.keys(figures) as readonly FigureName[];
