import type { FigureBuilder } from "./figure.ts";
import { tailPredictions } from "./tail-predictions.ts";

/** Every figure that can be drawn from records, by name. */
export const figures = {
  "figure-1b": tailPredictions,
} as const satisfies Record<string, FigureBuilder>;

export type FigureName = keyof typeof figures;

export const figureNames = Object.keys(figures) as readonly FigureName[];
