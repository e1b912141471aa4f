import type { Item } from "./calls.ts";
import type { PickleInput } from "./input.ts";

/** Limit on the length of keys, because long repeated keys cost time; CIFAR's have at most 19 characters. */
const maxKeyLength = 1024;

/** The stack and the memo of a pickle. */
export class PickleStack {
  readonly #input: PickleInput;
  /** Values since the last mark. */
  #values: Item[] = [];
  /** Values before each mark. */
  readonly #below: Item[][] = [];
  readonly #memo = new Map<number, Item>();

  /** @param input - for errors. */
  constructor(input: PickleInput) {
    this.#input = input;
  }

  push(item: Item): void {
    this.#values.push(item);
  }

  pop(): Item {
    const item = this.#values.pop();
    if (item === undefined) throw this.#input.damaged("a value is missing");
    return item;
  }

  top(): Item {
    const item = this.#values.at(-1);
    if (item === undefined) throw this.#input.damaged("a value is missing");
    return item;
  }

  /** Removes the last values and returns them, first to last. */
  popMany(count: number): Item[] {
    if (count > this.#values.length) throw this.#input.damaged("a value is missing");
    return this.#values.splice(this.#values.length - count);
  }

  mark(): void {
    this.#below.push(this.#values);
    this.#values = [];
  }

  /** Removes the values since the last mark and returns them, first to last. */
  popToMark(): Item[] {
    const items = this.#values;
    const below = this.#below.pop();
    if (!below) throw this.#input.damaged("a mark is missing");
    this.#values = below;
    return items;
  }

  /** Returns the only value left at the end of a pickle. */
  result(): Item {
    const item = this.pop();
    if (this.#values.length + this.#below.length > 0) throw this.#input.damaged("it stops too early");
    return item;
  }

  /** Stores the top value in the memo. @param index - the next free index by default. */
  remember(index = this.#memo.size): void {
    this.#memo.set(index, this.top());
  }

  recall(index: number): void {
    const item = this.#memo.get(index);
    if (item === undefined) throw this.#input.damaged(`the memo has no entry ${index}`);
    this.push(item);
  }

  /** Adds values to the list below them. */
  append(items: readonly Item[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw this.#input.damaged("values are added to something that is not a list");
    for (const item of items) list.push(item);
  }

  /** Adds keys and values, in turn, to the dictionary below them. */
  setItems(items: readonly Item[]): void {
    const map = this.top();
    if (!(map instanceof Map))
      throw this.#input.damaged("keys are added to something that is not a dictionary");
    if (items.length % 2 === 1) throw this.#input.damaged("a key has no value");
    for (let i = 0; i < items.length; i += 2) map.set(this.#key(items[i]), items[i + 1] as Item);
  }

  #key(item: Item | undefined): string {
    if (typeof item !== "string" && !(item instanceof Uint8Array)) {
      throw this.#input.unsupported("a dictionary with keys that are not strings");
    }
    if (item.length > maxKeyLength) throw this.#input.unsupported(`a key of ${item.length} characters`);
    return typeof item === "string" ? item : Buffer.from(item).toString("latin1");
  }
}
