import type { Command, CommanderError } from "commander";
import { UsageError } from "../errors.ts";
import { nearest } from "../experiments/nearest.ts";

/** Says in the kit's words what commander found wrong with the arguments of `command`. */
export function wrongUsage(error: CommanderError, command: Command): UsageError {
  const name = fullName(command);
  const help = `see \`${name} --help\``;
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? "";
  // A mistyped option is the likelier fault than the required one that is then missing.
  const stray = command.args.find((arg) => arg.startsWith("--"));
  if (error.code.startsWith("commander.missing") && stray !== undefined) {
    return suggestion(`the options of ${name} are`, stray, optionsOf(command));
  }
  switch (error.code) {
    case "commander.unknownCommand":
      return suggestion(
        `${name} COMMAND must be one of`,
        quoted,
        command.commands.map((one) => one.name()),
      );
    case "commander.unknownOption":
      return suggestion(`the options of ${name} are`, quoted, optionsOf(command));
    case "commander.missingArgument":
      return new UsageError({ rule: `${name} needs the argument ${quoted}`, got: "none", remedy: help });
    case "commander.missingMandatoryOptionValue":
      return new UsageError({ rule: `${name} needs the option ${quoted}`, got: "none", remedy: help });
    case "commander.optionMissingArgument":
      return new UsageError({ rule: `the option ${quoted} needs a value`, got: "none", remedy: help });
    case "commander.conflictingOption":
      return new UsageError({
        rule: `${name} takes only one of two options that exclude each other`,
        got: [...error.message.matchAll(/'([^' ]*)[^']*'/g)].map(([, flag]) => flag).join(" and "),
        remedy: help,
      });
    case "commander.excessArguments":
      return new UsageError({
        rule: `${name} takes at most ${command.registeredArguments.length} argument${command.registeredArguments.length === 1 ? "" : "s"}`,
        got: String(command.args.length),
        remedy: help,
      });
    default:
      return new UsageError({ rule: `${name} cannot read its arguments`, got: error.message, remedy: help });
  }
}

function suggestion(rule: string, given: string, valid: readonly string[]): UsageError {
  return new UsageError({
    rule: `${rule} ${valid.join(", ")}`,
    got: given,
    remedy: `did you mean ${nearest(given, valid, 1)[0]}?`,
  });
}

function optionsOf(command: Command): string[] {
  const shown = command.options.filter(({ hidden }) => !hidden);
  return [...shown.map((option) => option.long ?? option.flags), "--help"];
}

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}
