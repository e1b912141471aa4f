import { FailureError } from "../errors.ts";

/**
 * The images of each class, in file order.
 *
 * @param labels - `[n]`, class of each image, 0 … numClasses − 1.
 * @param numClasses - C.
 * @returns `[C]` lists of indices into `labels`, each ascending; a class without images has an empty list.
 * @throws FailureError if a label is not one of the classes.
 * @example indicesByClass([1, 0, 1], 2); // → [Int32Array [1], Int32Array [0, 2]]
 */
export function indicesByClass(labels: ArrayLike<number>, numClasses: number): Int32Array[] {
  const lists = Array.from({ length: numClasses }, (): number[] => []);
  for (let i = 0; i < labels.length; i++) {
    const list = lists[labels[i] as number];
    if (list === undefined) {
      throw new FailureError({
        rule: `labels must be whole numbers from 0 to ${numClasses - 1}`,
        got: `${labels[i]} at image ${i}`,
        remedy: "check the number of classes, or pack the data set again",
      });
    }
    list.push(i);
  }
  return lists.map((list) => Int32Array.from(list));
}
