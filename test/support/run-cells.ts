import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { currentCell } from "../../src/kernel/current-cell.ts";
import type { CellContext, CellError, CellResult } from "../../src/kernel/language-engine.ts";
import { typescriptEngine } from "../../src/kernel/typescript/typescript-engine.ts";
import type { MimeBundle } from "../../src/notebook/mime-bundle.ts";

/** A cell that ran, or runs, and what it did with the outside world. */
export class RecordedCell implements CellContext {
  /** Such as `display text/plain`, in order. */
  readonly shown: { readonly how: string; readonly bundle?: MimeBundle; readonly id?: string }[] = [];
  readonly questions: string[] = [];
  readonly stop = new AbortController();

  constructor(readonly executionCount: number) {}

  get signal(): AbortSignal {
    return this.stop.signal;
  }

  display(bundle: MimeBundle, id?: string): void {
    this.shown.push({ how: "display", bundle, ...(id === undefined ? {} : { id }) });
  }

  updateDisplay(bundle: MimeBundle, id: string): void {
    this.shown.push({ how: "update", bundle, id });
  }

  clearOutput(wait: boolean): void {
    this.shown.push({ how: wait ? "clear later" : "clear" });
  }

  async readLine(question: string, isPassword: boolean): Promise<string> {
    this.questions.push(isPassword ? `${question} (password)` : question);
    return `answer to ${question}`;
  }
}

/** A new folder to keep a notebook in, outside every project. */
export const notebookFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), "h2t-cells-")));

/** Runs cells on the TypeScript engine in a folder, which becomes this process's. */
export async function cellRunner(folder = notebookFolder()) {
  process.chdir(folder);
  const engine = await typescriptEngine();
  let count = 0;
  const begin = (code: string, executionCount = ++count) => {
    const cell = new RecordedCell(executionCount);
    // Nobody awaits it, so that no stack leads here.
    const result = new Promise<CellResult>((resolve) => {
      currentCell.run(cell, () => void engine.execute(code, cell).then(resolve));
    });
    return { cell, result };
  };
  const run = (code: string) => begin(code).result;
  return {
    engine,
    folder,
    begin,
    run,
    /** What is shown of the value that a cell ends in. */
    async shown(code: string): Promise<unknown> {
      const result = await run(code);
      if (result.status === "ok") return result.value?.["text/plain"];
      throw new Error(result.status === "error" ? result.error.traceback.join("\n") : result.status);
    },
    async errorOf(code: string): Promise<CellError> {
      const result = await run(code);
      if (result.status === "error") return result.error;
      throw new Error(`the cell ended as ${result.status}`);
    },
  };
}
