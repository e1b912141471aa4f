import type { Interface, ReadLineOptions } from "node:readline";
import type { Interface as PromisesInterface } from "node:readline/promises";
import { promisify } from "node:util";
import { LineSource } from "./line-source.ts";
import type { Asking } from "./standard-input.ts";

/** What `createInterface` takes: options, or input and output. */
export type InterfaceArguments = [
  first: ReadLineOptions | NodeJS.ReadableStream,
  output?: NodeJS.WritableStream,
];

type AnyInterface = Interface | PromisesInterface;

/**
 * An interface of `readline` whose questions the front end asks, and which reads lines only for those that listen to them.
 *
 * @param make - makes one as Node does.
 */
export function askingInterface(
  make: (...args: InterfaceArguments) => AnyInterface,
  [first, output]: InterfaceArguments,
  asking: Asking,
): AnyInterface {
  const input = new LineSource(asking, () => lines.listenerCount("line") > 0);
  const options = "input" in first ? first : output === undefined ? {} : { output };
  const lines: AnyInterface = make({ ...options, input, terminal: false });
  lines.on("newListener", (event) => {
    if (event === "line") setImmediate(() => input.ask());
  });
  const ask = (question: string) => asking.cell().readLine(question, false);
  const isPromises = lines.question.length < 3 && !(promisify.custom in lines.question);
  const question = isPromises ? ask : withCallback(ask, asking);
  Object.defineProperty(lines, "question", { value: question, configurable: true, writable: true });
  return lines;
}

type Callback = (answer: string) => void;

/** A question whose answer goes to a callback, which cannot take an error: it ends the cell. */
function withCallback(ask: (question: string) => Promise<string>, asking: Asking) {
  const question = (text: string, options: object | Callback, callback?: Callback): void => {
    const answer = typeof options === "function" ? (options as Callback) : callback;
    const cell = asking.cell();
    void ask(text).then(answer, (error) => asking.fail(cell, error));
  };
  return Object.assign(question, { [promisify.custom]: ask });
}
