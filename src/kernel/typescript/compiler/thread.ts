import { parentPort } from "node:worker_threads";
import type { Answer, Question } from "./compiler-thread.ts";
import { idleCollection } from "./idle-collection.ts";
import { NotebookCompiler } from "./notebook-compiler.ts";
import { keepCompilerCode } from "./typescript.ts";

/** Code that uses what cells commonly use, so that the first cell finds it read and checked. */
const warmUp =
  "console.log([1].map((x) => String(x + 1))); await Promise.resolve(new Map<string, number>());";

const compiler = new NotebookCompiler(process.cwd());
const noteAnswer = idleCollection();

parentPort?.on("message", ({ id, method, args }: Question) => {
  parentPort?.postMessage(answerTo(id, () => Reflect.apply(compiler[method], compiler, args)));
  noteAnswer();
});

function answerTo(id: number, ask: () => unknown): Answer {
  try {
    return { id, value: ask() };
  } catch (error) {
    return { id, error };
  }
}

compiler.compile(warmUp, 0);
compiler.complete("c", 1);
setTimeout(keepCompilerCode, 2000).unref();
noteAnswer();
