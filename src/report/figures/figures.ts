import { accuracyByRatio } from "./accuracy-by-ratio.ts";
import { confusionFigure } from "./confusion-matrix.ts";
import { featuresByRatio } from "./features-by-ratio.ts";
import type { FigureBuilder } from "./figure.ts";
import { fusedFeatures } from "./fused-features.ts";
import { methodDiagram } from "./method-diagram.ts";
import { onOnePack } from "./on-one-pack.ts";
import { reliabilityDiagram } from "./reliability-diagram.ts";
import { tailPredictions } from "./tail-predictions.ts";
import { twoForces } from "./two-forces.ts";

/** Every figure that can be drawn from records, by name. */
export const figures = {
  "figure-1b": onOnePack(tailPredictions),
  "figure-2": methodDiagram,
  "figure-3": onOnePack(twoForces),
  "figure-4": onOnePack(fusedFeatures),
  "figure-5": onOnePack(accuracyByRatio),
  "figure-s1": onOnePack(featuresByRatio),
  "reliability-diagram": onOnePack(reliabilityDiagram),
  "confusion-matrix": onOnePack(confusionFigure),
} as const satisfies Record<string, FigureBuilder>;

export type FigureName = keyof typeof figures;

export const figureNames = Object.keys(figures) as readonly FigureName[];
