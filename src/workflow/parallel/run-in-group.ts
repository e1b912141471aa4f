import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** Time that a program has to stop what it started in other process groups. */
const graceMilliseconds = 10_000;

/** What a program is given. */
interface Invocation {
  readonly cwd: string;
  readonly input: string;
  readonly signal: AbortSignal;
  /** @default that of this process */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Runs a program in a process group of its own, so that nothing of it outlives an interruption.
 *
 * The terminal's Ctrl-C does not reach it; `signal` does: SIGINT, and SIGKILL for what is left ten seconds later.
 *
 * @throws {unknown} the signal's reason, once the program has ended; the system's error if it does not start.
 * @example const { status, stdout } = await runInGroup("cat", [], { cwd: "/", input: "text", signal });
 */
export async function runInGroup(
  program: string,
  args: readonly string[],
  { cwd, input, signal, environment = process.env }: Invocation,
) {
  signal.throwIfAborted();
  const child = spawn(program, args, { cwd, env: environment, detached: true });
  let killing: NodeJS.Timeout | undefined;
  const stop = () => {
    signalGroup(child.pid, "SIGINT");
    killing = setTimeout(() => signalGroup(child.pid, "SIGKILL"), graceMilliseconds);
  };
  signal.addEventListener("abort", stop, { once: true });
  // A program that ends before it has read everything says why itself.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  try {
    const [stdout, stderr, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close") as Promise<[number | null]>,
    ]);
    signal.throwIfAborted();
    return { status, stdout, stderr };
  } finally {
    clearTimeout(killing);
    signal.removeEventListener("abort", stop);
  }
}

function signalGroup(leader: number | undefined, name: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, name);
  } catch (error) {
    // It has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
