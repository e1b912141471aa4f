import type { TableName } from "./table.ts";

/** What a table that the kit cannot fill yet waits for. */
export interface AwaitedData {
  readonly dataset: string;
  readonly images: string;
  /** Files that say which images are used. */
  readonly lists: string;
  readonly classes: number;
  readonly trainImages: number;
  readonly testImages: number;
  readonly network: string;
  /** Trains the table's rows and fills its cells, once the kit reads the images. */
  readonly command: string;
}

const awaiting = (table: TableName) => `./reproduce.sh --only ${table} --profile paper`;

/**
 * The data sets of Tables 2 to 4, which the kit does not read yet.
 *
 * @source code: OLTR README (lists of ImageNet-LT and Places-LT), DEC README (archive of iNaturalist 2018); paper section 4.2
 */
export const awaitedData = {
  "table-2": {
    dataset: "ImageNet-LT",
    images: "ILSVRC 2012 from image-net.org, which asks for an account",
    lists:
      "ImageNet_LT_train.txt and ImageNet_LT_test.txt, linked in the repository zhmiao/OpenLongTailRecognition-OLTR",
    classes: 1000,
    trainImages: 115_846,
    testImages: 50_000,
    network: "ResNet-50",
    command: awaiting("table-2"),
  },
  "table-3": {
    dataset: "iNaturalist 2018",
    images: "train_val2018.tar.gz, linked in the repository visipedia/inat_comp",
    lists: "train2018.json and val2018.json, from the same place",
    classes: 8142,
    trainImages: 437_513,
    testImages: 24_426,
    network: "ResNet-50",
    command: awaiting("table-3"),
  },
  "table-4": {
    dataset: "Places-LT",
    images: "Places365-Standard, 256 × 256 pixels, from places2.csail.mit.edu",
    lists:
      "Places_LT_train.txt and Places_LT_test.txt, linked in the repository zhmiao/OpenLongTailRecognition-OLTR",
    classes: 365,
    trainImages: 62_500,
    testImages: 36_500,
    network: "ResNet-152, trained on ImageNet before; its last block and the classifier are trained",
    command: awaiting("table-4"),
  },
} as const satisfies Partial<Record<TableName, AwaitedData>>;
