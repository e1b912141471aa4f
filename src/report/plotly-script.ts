import { createRequire } from "node:module";

/** The file of plotly.js that draws every kind of trace of the kit's figures. */
export const plotlyScriptFile = (): string =>
  createRequire(import.meta.url).resolve("plotly.js/dist/plotly-cartesian.min.js");
