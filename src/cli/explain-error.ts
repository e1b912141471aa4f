import { KitError } from "../errors.ts";
import { systemFailure } from "./system-failure.ts";
import { version } from "./version.ts";

/**
 * What a command prints of an error, and the status with which it ends.
 *
 * What the user can mend takes one line; a fault of the kit shows its stack and where to report it.
 */
export function explainError(error: unknown): { readonly text: string; readonly exitCode: number } {
  const told = error instanceof KitError ? error : systemFailure(error);
  if (told) return { text: `h2t: ${told.message}\n`, exitCode: told.exitCode };
  const stack = error instanceof Error ? error.stack : String(error);
  const fault = `this is a fault of h2t-kit ${version()}, not yours; please open an issue`;
  const text = `${stack}\n\nh2t: ${fault} with the lines above, the command, and what \`h2t doctor\` prints.\n`;
  return { text, exitCode: 1 };
}
