/** Plain JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One trace of a Plotly figure, of the kinds that the basic bundle draws. */
export interface PlotlyTrace {
  readonly type: "bar" | "scatter";
  readonly name: string;
  readonly x: readonly (string | number)[];
  readonly y: readonly (number | null)[];
  readonly [attribute: string]: Json;
}

/** A figure for Plotly: data and layout, without code. */
export interface PlotlyFigure {
  readonly data: readonly PlotlyTrace[];
  readonly layout: { readonly [attribute: string]: Json };
}
