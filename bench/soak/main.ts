import { CommanderError } from "commander";
import { KitError } from "../../src/errors.ts";
import { soakCommand } from "./command.ts";

const command = soakCommand(
  (text) => process.stdout.write(text),
  (isWell) => {
    process.exitCode = isWell ? 0 : 1;
  },
);

try {
  await command.parseAsync();
} catch (error) {
  if (error instanceof KitError) {
    process.stderr.write(`soak: ${error.message}\n`);
    process.exitCode = error.exitCode;
  } else if (!(error instanceof CommanderError)) throw error;
}
