/** Progress of a preparation: `done` of `total` in the given unit. */
export interface Progress {
  readonly step: "download" | "decode" | "draw";
  readonly done: number;
  readonly total: number;
  readonly unit: "bytes" | "images";
}

/** Called often with the progress, so it must be quick. */
export type OnProgress = (progress: Progress) => void;
