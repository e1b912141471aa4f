import { classColours, metricColours, stageColours, theme } from "./theme.ts";

/** The dark counterpart of every neutral colour of a figure, and of the data colours that are too dark on a dark page. */
export const darkColours: Readonly<Record<string, string>> = {
  [theme.text]: "#e8eaed",
  [theme.muted]: "#a7adb5",
  [theme.grid]: "#33373d",
  [theme.earlier]: "#5b6068",
  [theme.background]: "#15181c",
  // The confusion matrix's scale runs from the page's colour to its opposite.
  "#5fa8d6": "#2f7fb5",
  "#00395c": "#cfe8fb",
  // Boxes of the method's diagram.
  "#e8f2f9": "#1d2f3d",
  "#f6f7f8": "#22262b",
  "#c9cdd2": "#5b6068",
  [metricColours.head]: "#56b4e9",
  [metricColours.tail]: "#33c19a",
  [classColours[7]]: "#ff6b57",
  [classColours[8]]: "#c08cf0",
  [stageColours.II]: "#f08a4b",
};

/** The page's own colours. */
export const pageColours = {
  light: {
    text: theme.text,
    muted: theme.muted,
    line: theme.grid,
    page: theme.background,
    ours: "#f1f6fb",
    hover: "#f7f8f9",
    "ours-hover": "#e6eff8",
    accent: "#0b5394",
    shadow: "rgb(0 0 0 / .16)",
  },
  dark: {
    text: "#e8eaed",
    muted: "#a7adb5",
    line: "#33373d",
    page: "#15181c",
    ours: "#1b242d",
    hover: "#1c2025",
    "ours-hover": "#23303c",
    accent: "#8ab8f0",
    shadow: "rgb(0 0 0 / .6)",
  },
} as const;
