/** How far a preparation has come; `done` of `total` in the given unit. */
export interface Progress {
  readonly step: "download" | "decode" | "draw";
  readonly done: number;
  readonly total: number;
  readonly unit: "bytes" | "images";
}

/** Told about progress, often; must be quick. */
export type OnProgress = (progress: Progress) => void;
