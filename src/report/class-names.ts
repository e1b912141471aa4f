import { cifar10Classes, cifar100Classes } from "../data/sources/cifar/class-names.ts";
import type { DatasetName } from "../experiments/experiment.ts";

/** The official names of classes as a figure shows them, in the order of their labels. */
const names: Partial<Record<DatasetName, readonly string[]>> = {
  cifar10: cifar10Classes,
  cifar100: cifar100Classes.map((name) => name.replaceAll("_", " ")),
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
