import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { z } from "zod";
import { FailureError } from "../src/errors.ts";

const greetingSchema = z.object({ version: z.string() });
const measuresSchema = z.object({
  seconds: z.number(),
  /** Of tasks that train epochs. */
  epochSeconds: z.number().optional(),
  /** Of cells that print. */
  lines: z.number().optional(),
  residentBytes: z.number(),
  peakBytes: z.number(),
});

/** What a worker measures of a task: its time, its process's memory afterwards and the most it ever held. */
export type Measures = z.infer<typeof measuresSchema>;

/**
 * A process that does tasks: a line `{task, settings}` goes in, a line of measures comes out.
 *
 * What a task needs it prepares when it is first asked for, outside the measured time, and keeps.
 *
 * @typeParam Tasks - settings by the task's name.
 */
export class Worker<Tasks> {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  /** Of the library that does its work. */
  readonly version: Promise<string>;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    this.#lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    this.version = this.#answer(greetingSchema).then(({ version }) => version);
    // Whoever asks for the version or a task is told of a failure; nobody has to ask.
    this.version.catch(() => {});
    child.stdin.on("error", () => {});
  }

  /** @throws {FailureError} if the process has ended; what it said stands on standard error. */
  async ask<Name extends keyof Tasks & string>(task: Name, settings: Tasks[Name]): Promise<Measures> {
    await this.version;
    this.#child.stdin.write(`${JSON.stringify({ task, settings })}\n`);
    return this.#answer(measuresSchema);
  }

  /** The wall time of a task. */
  async seconds<Name extends keyof Tasks & string>(task: Name, settings: Tasks[Name]): Promise<number> {
    return (await this.ask(task, settings)).seconds;
  }

  /** Lets it end, and waits for that. */
  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = once(this.#child, "close");
    this.#child.stdin.end();
    await closed;
  }

  async #answer<Schema extends z.ZodType>(schema: Schema): Promise<z.infer<Schema>> {
    const { value, done } = await this.#lines.next();
    if (!done) return schema.parse(JSON.parse(value));
    throw new FailureError({
      rule: "a measuring process answers until it is told to end",
      got: `the end of \`${this.#child.spawnargs.join(" ")}\``,
      remedy: "mend what it says above and type the same command again",
    });
  }
}
