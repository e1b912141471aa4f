/** The files of one version of a CIFAR set; a split is the concatenation of its files. */
export interface BatchFiles {
  /** The file of class names; optional, because the kit knows the names. */
  readonly classNames: string;
  readonly train: readonly string[];
  readonly test: readonly string[];
}

/** Published format of a CIFAR set, in its binary and its Python version. */
export interface CifarFormat {
  readonly binary: BatchFiles;
  readonly python: BatchFiles;
  /** Label bytes before the pixels of a binary record; the class is the last one (CIFAR-100 has the coarse class first). */
  readonly labelBytes: 1 | 2;
  /** Key of the labels in a Python batch. */
  readonly labelsKey: "labels" | "fine_labels";
  /** Key of the names in the Python version's file of class names. */
  readonly classNamesKey: "label_names" | "fine_label_names";
  /** Images per file. */
  readonly imagesPerFile: { readonly train: number; readonly test: number };
}

/** The images of one file, before the files of a split are joined. */
export interface Batch {
  readonly file: string;
  /** `[count]`, 0 … numClasses − 1. */
  readonly labels: Int32Array;
  /** `[count, 32, 32, 3]`, row-major. */
  readonly pixels: Uint8Array;
}

/** The splits of a data set, in reading order. */
export const splitNames = ["train", "test"] as const;
export type SplitName = (typeof splitNames)[number];
