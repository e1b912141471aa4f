import type { RandomStream } from "../random.ts";

/** Gives the items in random order again and again, newly shuffled each time round; each call gives the next one. */
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
