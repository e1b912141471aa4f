import { Command, CommanderError } from "commander";
import { analyseCommand } from "./analyse.ts";
import { dataCommand } from "./data.ts";
import { doctorCommand } from "./doctor.ts";
import { explainError } from "./explain-error.ts";
import { figureCommand } from "./figure.ts";
import { kernelCommand } from "./kernel.ts";
import { listCommand } from "./list.ts";
import { oneOf } from "./option-values.ts";
import type { Output } from "./output.ts";
import { reportCommand } from "./report.ts";
import { reproduceCommand } from "./reproduce.ts";
import { runCommand } from "./run.ts";
import { splitCommand } from "./split.ts";
import { tableCommand } from "./table.ts";
import { version } from "./version.ts";
import { wrongUsage } from "./wrong-usage.ts";

/**
 * Every command, in the order in which `h2t --help` lists them.
 *
 * A command's file names its arguments; what it needs to do its work it imports inside its action, so that all others start fast.
 */
const commands: readonly ((output: Output) => Command)[] = [
  reproduceCommand,
  runCommand,
  analyseCommand,
  tableCommand,
  figureCommand,
  reportCommand,
  listCommand,
  dataCommand,
  splitCommand,
  kernelCommand,
  doctorCommand,
];

/**
 * Runs one command line and says how it ended.
 *
 * @param args - as typed, without `h2t` itself.
 * @param output - where results and errors go.
 * @returns the exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
 * @example process.exitCode = await runCommandLine(["split", "cifar10", "--ratio", "100"], output);
 */
export async function runCommandLine(args: readonly string[], output: Output): Promise<number> {
  try {
    await program(output).parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { text, exitCode } = explainError(error);
    output.writeError(text);
    return exitCode;
  }
}

function program(output: Output): Command {
  const h2t = new Command("h2t")
    .description("Reproduces Feature Fusion from Head to Tail (H2T, AAAI 2024), table by table.")
    .version(version(), "--version", "print the version")
    .helpOption("--help", "show this help")
    // Commander's own shows the whole help where a name is mistyped.
    .helpCommand(false)
    .addHelpText(
      "after",
      `
Examples:
  h2t run table-5                   train Table 5's five rows on generated images; minutes
  h2t table table-5                 show them beside the paper's numbers
  h2t figure figure-5               accuracy against the fusion ratio, in words; --out figure-5.html draws it
  h2t data cifar10                  download and pack CIFAR-10
  h2t doctor                        what is in place and what is missing
  h2t run --help                    what a command takes, with examples`,
    );
  for (const command of commands) h2t.addCommand(command(output).helpOption("--help", "show this help"));
  const names = [...h2t.commands.map((command) => command.name()), "help"];
  h2t
    .command("help")
    .description("Show the help of a command.")
    .helpOption("--help", "show this help")
    .argument("[command]", names.join(", "), oneOf("COMMAND", names))
    .action((name?: string) => (h2t.commands.find((command) => command.name() === name) ?? h2t).help());
  for (const command of [h2t, ...h2t.commands]) {
    command
      .configureOutput({ writeOut: output.write, writeErr: output.writeError, outputError: () => {} })
      .exitOverride((error) => {
        // Help and version end a command too, and have been printed by now.
        throw /^commander\.(help|helpDisplayed|version)$/.test(error.code)
          ? error
          : wrongUsage(error, command);
      });
  }
  return h2t;
}
