import type { RandomStream } from "../random.ts";

/** Cycles through the items in random order and reshuffles at the start of each cycle; each call returns the next item. */
export function shuffledCycle<Item>(items: readonly Item[], stream: RandomStream): () => Item {
  let order: Int32Array = new Int32Array();
  let next = 0;
  return () => {
    if (next === order.length) {
      order = stream.permutation(items.length);
      next = 0;
    }
    return items[order[next++] as number] as Item;
  };
}
