/** Images of one split in memory, with their labels; 32 × 32 RGB unless `height` and `width` say otherwise. */
export interface ImageSet {
  /** `[count, height, width, 3]`, row-major, 0 … 255. */
  readonly pixels: Uint8Array;
  /** `[count]`, class of each image, 0 … numClasses − 1. */
  readonly labels: Int32Array;
  readonly height: number;
  readonly width: number;
  readonly numClasses: number;
}

/** Where the pixels come from; every table and figure says so when it is not `official`. */
export type ImageOrigin =
  /** The pixels of the published images, all of them, each compared; in whatever file they came. */
  | "official"
  /** The same images with other pixels, as after JPEG. */
  | "re-encoded"
  /** Drawn by this kit. */
  | "generated";

/** A packed data set: both splits, and what its manifest says. */
export interface Dataset {
  readonly name: string;
  readonly origin: ImageOrigin;
  /** SHA-256 over the packed splits, hexadecimal. */
  readonly digest: string;
  /** How many images have the pixels of the published ones; undefined where the kit has no list of those. */
  readonly officialImages?: number | undefined;
  readonly classNames: readonly string[];
  readonly train: ImageSet;
  readonly test: ImageSet;
}
