import { systemFailure } from "../storage/system-failure.ts";
import { version } from "../workflow/version.ts";

// A reader that has seen enough, such as `head`, closes the pipe: that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  const failure = systemFailure(error);
  if (!failure) throw error;
  process.stderr.write(`h2t: ${failure.message}\n`);
  process.exit(failure.exitCode);
});

const args = process.argv.slice(2);

if (args.length === 1 && args[0] === "--version") {
  process.stdout.write(`${version()}\n`);
} else {
  const { runCommandLine } = await import("./command-line.ts");
  process.exitCode = await runCommandLine(args, {
    write: (text) => process.stdout.write(text),
    writeError: (text) => process.stderr.write(text),
    ...(process.stderr.isTTY && { terminal: process.stderr }),
  });
}
