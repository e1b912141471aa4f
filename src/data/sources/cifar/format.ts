/** The files of one version of a CIFAR set; each split is its files' images, one file after the other. */
export interface BatchFiles {
  /** The file of class names, which is optional: the kit knows the names. */
  readonly classNames: string;
  readonly train: readonly string[];
  readonly test: readonly string[];
}

/** How one of the CIFAR sets is published, in its binary and in its Python version. */
export interface CifarFormat {
  readonly binary: BatchFiles;
  readonly python: BatchFiles;
  /** Bytes before the pixels of a binary record; the class is the last of them (CIFAR-100 has its coarse class first). */
  readonly labelBytes: 1 | 2;
  /** Where a Python batch keeps its labels. */
  readonly labelsKey: "labels" | "fine_labels";
  /** Where the Python version's file of class names keeps them. */
  readonly classNamesKey: "label_names" | "fine_label_names";
  /** Images per file. */
  readonly imagesPerFile: { readonly train: number; readonly test: number };
}

/** One file's images before they are joined to a split. */
export interface Batch {
  readonly file: string;
  /** `[count]`, 0 … numClasses − 1. */
  readonly labels: Int32Array;
  /** `[count, 32, 32, 3]`, row-major. */
  readonly pixels: Uint8Array;
}

/** The splits of a batch file, in the order in which they are read. */
export const splitNames = ["train", "test"] as const;
export type SplitName = (typeof splitNames)[number];
