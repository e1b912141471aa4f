import { Command, CommanderError } from "commander";
import { explainError } from "../workflow/explain-error.ts";
import type { Output } from "../workflow/progress/output.ts";
import { version } from "../workflow/version.ts";
import { oneOf } from "./option-values.ts";
import { wrongUsage } from "./wrong-usage.ts";

/** Makes a command of `h2t`. */
type Maker = (output: Output) => Command;

/**
 * Every command, in the order in which `h2t --help` lists them, by its name; its file is loaded when it is named.
 *
 * A command's file names its arguments; what it needs to do its work it imports inside its action, so that it starts fast.
 */
const commands: Readonly<Record<string, () => Promise<Maker>>> = {
  reproduce: async () => (await import("./reproduce.ts")).reproduceCommand,
  run: async () => (await import("./run.ts")).runCommand,
  analyse: async () => (await import("./analyse.ts")).analyseCommand,
  table: async () => (await import("./table.ts")).tableCommand,
  figure: async () => (await import("./figure.ts")).figureCommand,
  report: async () => (await import("./report.ts")).reportCommand,
  list: async () => (await import("./list.ts")).listCommand,
  data: async () => (await import("./data.ts")).dataCommand,
  split: async () => (await import("./split.ts")).splitCommand,
  kernel: async () => (await import("./kernel.ts")).kernelCommand,
  doctor: async () => (await import("./doctor.ts")).doctorCommand,
};

/** The commands that a command line needs: one that is named, none for the version, otherwise all, such as for help. */
function makersFor([first = ""]: readonly string[]): Promise<Maker[]> {
  const named = Object.hasOwn(commands, first) ? commands[first] : undefined;
  const loaders = first === "--version" ? [] : named ? [named] : Object.values(commands);
  return Promise.all(loaders.map((load) => load()));
}

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
    await program(await makersFor(args), output).parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { text, exitCode } = explainError(error);
    output.writeError(text);
    return exitCode;
  }
}

function program(makers: readonly Maker[], output: Output): Command {
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
  for (const make of makers) h2t.addCommand(make(output).helpOption("--help", "show this help"));
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
