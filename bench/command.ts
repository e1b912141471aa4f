import path from "node:path";
import { Command } from "commander";
import { folder, oneOf, wholeFromOne } from "../src/cli/option-values.ts";
import { wrongUsage } from "../src/cli/wrong-usage.ts";
import { projectFolder } from "../src/setup/project-folder.ts";
import { sections } from "./sections/sections.ts";

/** What the command line says. */
export interface BenchOptions {
  /** Absent: all sections that the machine has the threads for. */
  readonly only?: readonly string[];
  readonly rounds?: number;
  readonly python?: string;
  /** `false` after `--no-pytorch`. */
  readonly pytorch: boolean;
  readonly yes?: true;
  readonly results: string;
  readonly pages?: true;
}

const names = sections.map(({ name }) => name);
const namesOf = (given: string) => given.split(",").map(oneOf("--only", names));
const rounds = wholeFromOne("--rounds", "use 20, for example");

const help = `
Sections, and the rounds of each:
${sections.map(({ name, rounds: own, about }) => `  ${name.padEnd(15)}${String(own).padStart(2)}  ${about}`).join("\n")}

Everything that is compared takes turns in the same rounds, each side in a process of its own. The table shows medians,
quartiles and the ratio to each group's first row, which is taken round by round. The machine should be idle otherwise;
all sections take about twenty minutes on two cores. Results go to bench/results/, one file a day and machine, where a
section that is measured again replaces the earlier one. Another version of Node, TensorFlow or PyTorch begins it anew.

Examples:
  npm run bench                                    everything; asks before it installs PyTorch into bench/.venv
  npm run bench -- --only training-step,forward    two sections
  npm run bench -- --python PATH                   with an interpreter that can import torch
  npm run bench -- --no-pytorch                    the kit alone
  npm run bench -- --pages                         measures nothing; puts the newest table into docs/speed.md and README.md`;

/** The command line of the benchmark; wrong usage is told in the kit's words. */
export function benchCommand(act: (options: BenchOptions) => Promise<void>): Command {
  const command = new Command("npm run bench --")
    .description("Measure the kit's speed and memory, beside PyTorch's.")
    .option("--only <names>", "sections with commas between them (default: all)", namesOf)
    .option("--rounds <n>", "rounds of every section (default: its own)", rounds)
    .option("--python <path>", "an interpreter that can import torch")
    .option("--no-pytorch", "leave PyTorch's side out")
    .option("--yes", "install PyTorch into bench/.venv without asking")
    .option("--results <dir>", "where results are kept", folder, path.join(projectFolder, "bench/results"))
    .option("--pages", "put the newest results into docs/speed.md and README.md, and end")
    .helpOption("--help", "show this help")
    .addHelpText("after", help)
    .configureOutput({ outputError: () => {} })
    .action(act);
  return command.exitOverride((error) => {
    throw error.code === "commander.helpDisplayed" ? error : wrongUsage(error, command);
  });
}
