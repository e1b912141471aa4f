import { FailureError } from "../errors.ts";

/**
 * Groups image indices by class, in file order.
 *
 * Use it to feed `drawOrder` or to look up the images of one class.
 *
 * @param labels - `[n]`, class of each image, 0 … C − 1.
 * @param numClasses - C, a whole number ≥ 1.
 * @returns `[C]` ascending lists of indices into `labels`; a class without images has an empty list.
 * @throws {FailureError} if a label is not one of the classes.
 * @example indicesByClass([1, 0, 1], 2); // → [Int32Array [1], Int32Array [0, 2]]
 */
export function indicesByClass(labels: ArrayLike<number>, numClasses: number): Int32Array[] {
  const lists = Array.from({ length: numClasses }, (): number[] => []);
  for (let i = 0; i < labels.length; i++) {
    const list = lists[labels[i] as number];
    if (list === undefined) {
      throw new FailureError({
        code: "LABEL_OUT_OF_RANGE",
        problem: `expected labels to be whole numbers in [0, ${numClasses - 1}], got ${labels[i]} at image ${i}`,
        fix: "check the number of classes, or prepare the data set again",
      });
    }
    list.push(i);
  }
  return lists.map((list) => Int32Array.from(list));
}
