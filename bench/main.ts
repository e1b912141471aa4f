import path from "node:path";
import { createInterface } from "node:readline/promises";
import { CommanderError } from "commander";
import { KitError } from "../src/errors.ts";
import { projectFolder } from "../src/setup/project-folder.ts";
import { benchCommand } from "./command.ts";
import { measure } from "./measure.ts";
import { updatePage } from "./page.ts";
import { Processes } from "./processes.ts";
import { newestResults } from "./results-files.ts";
import { resultsTable } from "./table.ts";

const processes = new Processes();
const tell = (text: string) => process.stderr.write(text);

async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // The terminal's Ctrl-C is no signal while it is read.
  terminal.once("SIGINT", interrupt);
  // Ctrl-D is no answer.
  const answer = await terminal
    .question(`${question} [y/N] `)
    .catch(() => "")
    .finally(() => terminal.close());
  return /^y(es)?$/i.test(answer.trim());
}

function interrupt(): never {
  processes.kill();
  tell("\nInterrupted; sections that had ended are kept, and --only names the others.\n");
  process.exit(130);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, interrupt);

const command = benchCommand(async (options) => {
  if (options.pages) {
    for (const page of ["README.md", "docs/speed.md"])
      await updatePage(path.join(projectFolder, page), newestResults(options.results));
    return;
  }
  const isWatched = process.stdin.isTTY && process.stderr.isTTY;
  const { file, results } = await measure(options, { tell, processes, ...(isWatched && { ask }) });
  process.stdout.write(`\n${resultsTable(results)}\n${path.relative(process.cwd(), file)}\n`);
});

try {
  await command.parseAsync();
} catch (error) {
  processes.kill();
  if (error instanceof KitError) {
    tell(`bench: ${error.message}\n`);
    process.exitCode = error.exitCode;
  } else if (!(error instanceof CommanderError)) throw error;
}
