import type { Metric } from "../experiments/tables/table.ts";

/**
 * Colours of the groups, the same in every figure; distinct with any colour vision.
 *
 * @source Okabe and Ito's palette: blue, orange, bluish green; grey for all classes
 */
export const metricColours = {
  head: "#0072b2",
  medium: "#e69f00",
  tail: "#009e73",
  all: "#5f6368",
} as const satisfies Record<Metric, string>;

/**
 * Colours of up to ten classes, distinct with any colour vision; the strongest for the rarest classes.
 *
 * @source Petroff 2021, "Accessible color sequences for data visualization", ten colours in another order
 */
export const classColours = [
  ...["#3f90da", "#ffa90e", "#94a4a2", "#92dadd", "#b9ac70"],
  ...["#a96b59", "#717581", "#bd1f01", "#832db6", "#e76300"],
] as const;

/** Symbols of the groups' points, for those who do not go by colour. */
export const groupSymbols = {
  head: "circle",
  medium: "square",
  tail: "triangle-up",
} as const satisfies Record<Exclude<Metric, "all">, string>;

export const metricTitles = {
  head: "Head",
  medium: "Medium",
  tail: "Tail",
  all: "All",
} as const satisfies Record<Metric, string>;

/** Colours of training's stages: Okabe and Ito's reddish purple and vermilion, which no group has. */
export const stageColours = { I: "#cc79a7", II: "#d55e00" } as const;

/** Text, axes and background of figures; the font is whatever the reader's system uses. */
export const theme = {
  font: "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif",
  fontSize: 13,
  text: "#202124",
  muted: "#5f6368",
  grid: "#e3e5e8",
  /** Curves of runs that are over, behind the one that trains. */
  earlier: "#b8bcc2",
  background: "#ffffff",
} as const;
