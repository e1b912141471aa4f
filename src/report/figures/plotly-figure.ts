/** Plain JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

interface Trace {
  readonly name: string;
  readonly x: readonly (string | number)[];
  readonly [attribute: string]: Json;
}

/** One trace of a Plotly figure, of the kinds that figures here are made of; the cartesian bundle draws them. */
export type PlotlyTrace =
  | (Trace & { readonly type: "bar" | "scatter"; readonly y: readonly (string | number | null)[] })
  | (Trace & { readonly type: "heatmap"; readonly z: readonly (readonly (number | null)[])[] });

/** A figure for Plotly: data and layout, without code. */
export interface PlotlyFigure {
  readonly data: readonly PlotlyTrace[];
  readonly layout: { readonly [attribute: string]: Json };
}
