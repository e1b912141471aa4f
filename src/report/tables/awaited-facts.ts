import { type AwaitedData, awaitedData } from "../../experiments/tables/awaited-data.ts";

const whole = new Intl.NumberFormat("en");

/**
 * What a table waits for, in words.
 *
 * @example displayFacts(awaitedFacts("table-2"));
 */
export function awaitedFacts(table: keyof typeof awaitedData): Readonly<Record<string, string>> {
  const { dataset, classes, trainImages, testImages, images, lists, network, command }: AwaitedData =
    awaitedData[table];
  return {
    "Data set": `${dataset}: ${whole.format(classes)} classes, ${whole.format(trainImages)} training and ${whole.format(testImages)} test images`,
    Images: images,
    "Which of them": lists,
    Network: network,
    "Waits for": "code of the kit that reads these images and builds this network",
    "Then fills the cells": command,
  };
}
