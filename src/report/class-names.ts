import type { DatasetName } from "../paper/experiment.ts";

const cifar10 = "airplane automobile bird cat deer dog frog horse ship truck";

const cifar100 = `apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle
bowl boy bridge bus butterfly camel can castle caterpillar cattle
chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur
dolphin elephant flatfish forest fox girl hamster house kangaroo keyboard
lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain
mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree
plain plate poppy porcupine possum rabbit raccoon ray road rocket
rose sea seal shark shrew skunk skyscraper snail snake spider
squirrel streetcar sunflower sweet_pepper table tank telephone television tiger tractor
train trout tulip turtle wardrobe whale willow_tree wolf woman worm`;

const listOf = (text: string): readonly string[] =>
  text.split(/\s+/).map((name) => name.replaceAll("_", " "));

/**
 * The official names of classes, in the order of their labels.
 *
 * @source CIFAR-10's `batches.meta.txt`, CIFAR-100's `fine_label_names.txt`
 */
const names: Partial<Record<DatasetName, readonly string[]>> = {
  cifar10: listOf(cifar10),
  cifar100: listOf(cifar100),
};

/** A class's name; its number on data sets whose classes have no official name. */
export const className = (dataset: DatasetName, label: number): string =>
  names[dataset]?.[label] ?? String(label);

/** For a sentence: `class 9 (truck)`, or `class 9`. */
export function classText(dataset: DatasetName, label: number): string {
  const name = names[dataset]?.[label];
  return name === undefined ? `class ${label}` : `class ${label} (${name})`;
}

/** So many names fit along an axis. */
const maxTicks = 20;

/** Ticks of an axis of classes: names where there are and where they fit, else numbers. */
export function classTicks(dataset: DatasetName, count: number) {
  const labels = Array.from({ length: count }, (_, label) => label);
  if (count > maxTicks || names[dataset] === undefined) return { dtick: Math.ceil(count / 10) };
  return {
    tickmode: "array",
    tickvals: labels,
    ticktext: labels.map((label) => className(dataset, label)),
    automargin: true,
  };
}
