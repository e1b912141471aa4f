import { inspect } from "node:util";
import { isFrame, shortFrame } from "./show-frame.ts";
import { isTensor, shortTensor } from "./show-tensor.ts";

/** Objects looked at for one value, so that a long array costs nothing. */
const limit = 1000;
/** As deep as Node shows objects in objects. */
const depth = 4;

/**
 * Makes Node show the tensors, data frames and series inside a value in a short form, wherever it shows them from now on: by what
 * their classes offer to `inspect`.
 */
export function teachShortForms(value: unknown): void {
  let left = limit;
  const visit = (it: unknown, level: number): void => {
    if (typeof it !== "object" || it === null || level > depth || left-- <= 0) return;
    if (isTensor(it)) teach(it, shortTensor);
    else if (isFrame(it)) teach(it, shortFrame);
    else for (const part of partsOf(it)) visit(part, level + 1);
  };
  visit(value, 0);
}

/** Without calling anything of the user's. */
function partsOf(value: object): Iterable<unknown> {
  if (ArrayBuffer.isView(value)) return [];
  if (value instanceof Map) return [...value].flat();
  if (value instanceof Set) return value;
  if (Array.isArray(value)) return value.slice(0, limit);
  return Object.values(Object.getOwnPropertyDescriptors(value)).map((property) => property.value);
}

function teach<Value extends object>(value: Value, show: (value: Value) => string): void {
  if (inspect.custom in value) return;
  Object.defineProperty(Object.getPrototypeOf(value), inspect.custom, {
    configurable: true,
    writable: true,
    value(this: Value) {
      return show(this);
    },
  });
}
