import { KitError } from "../errors.ts";
import { systemFailure } from "../storage/system-failure.ts";
import { version } from "./version.ts";

/** What a terminal would obey rather than show: controls, line ends, and marks that turn the direction of writing. */
const controls = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const escaped = (control: string) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * What a command prints of an error, and the status with which it ends.
 *
 * What the user can mend takes one line, in which names that came from outside are only shown; a fault of the kit shows its stack and where to report it.
 */
export function explainError(error: unknown): { readonly text: string; readonly exitCode: number } {
  const told = error instanceof KitError ? error : systemFailure(error);
  if (told) return { text: `h2t: ${told.message.replaceAll(controls, escaped)}\n`, exitCode: told.exitCode };
  const stack = error instanceof Error ? error.stack : String(error);
  const fault = `this is a fault of h2t-kit ${version()}, not yours; please open an issue`;
  const text = `${stack}\n\nh2t: ${fault} with the lines above, the command, and what \`h2t doctor\` prints.\n`;
  return { text, exitCode: 1 };
}
