import { inspect } from "node:util";
import { runInThisContext } from "node:vm";
import { currentCell } from "../../src/kernel/current-cell.ts";
import type { CellContext, CellResult, LanguageEngine } from "../../src/kernel/language-engine.ts";

/** The smallest language that the protocol can be tested with: JavaScript whose cells are bodies of async functions. */
export function scriptEngine(): LanguageEngine {
  const cell = () => {
    const context = currentCell.getStore();
    if (!context) throw new Error("no cell began this");
    return context;
  };
  const globals = {
    prompt: (question: string) => cell().readLine(question, false),
    display: (text: string, id?: string) => cell().display({ "text/plain": text }, id),
    update: (text: string, id: string) => cell().updateDisplay({ "text/plain": text }, id),
    clear: (wait: boolean) => cell().clearOutput(wait),
    stopSignal: () => cell().signal,
    sleep: (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
  Object.assign(globalThis, globals);
  process.on("unhandledRejection", (error) => process.stderr.write(`${error}\n`));

  async function execute(code: string, { signal }: CellContext): Promise<CellResult> {
    const stopped = new Promise<CellResult>((resolve) =>
      signal.addEventListener("abort", () => resolve({ status: "interrupted" })),
    );
    const run = async (): Promise<CellResult> => {
      try {
        const value: unknown = await runInThisContext(`(async () => { ${code} })`)();
        return { status: "ok", value: value === undefined ? null : { "text/plain": inspect(value) } };
      } catch (error) {
        const { name, message } = error as Error;
        return { status: "error", error: { name, message, traceback: [`${name}: ${message}`] } };
      }
    };
    return Promise.race([run(), stopped]);
  }

  return {
    name: "script",
    version: process.versions.v8,
    execute,
    // Completes what is before the cursor by the names of globals.
    async complete(code, offset) {
      const start = code.slice(0, offset).search(/\w*$/);
      const names = Object.keys(globals).filter((name) => name.startsWith(code.slice(start, offset)));
      return { names, start, end: offset, kinds: names.map(() => "function") };
    },
    async inspect(code, offset) {
      const name = /\w*$/.exec(code.slice(0, offset))?.[0] ?? "";
      return name in globals ? { "text/plain": `function ${name}` } : null;
    },
    async isComplete(code) {
      return code.endsWith("{") ? { status: "incomplete", indent: "  " } : { status: "complete" };
    },
    async dispose() {},
  };
}
