import { systemFailure } from "../system-failure.ts";
import { runCommandLine } from "./command-line.ts";

// A reader that has seen enough, such as `head`, closes the pipe: that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  const failure = systemFailure(error);
  if (!failure) throw error;
  process.stderr.write(`h2t: ${failure.message}\n`);
  process.exit(failure.exitCode);
});

process.exitCode = await runCommandLine(process.argv.slice(2), {
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  ...(process.stderr.isTTY && { terminal: process.stderr }),
});
