import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { threads } from "../src/engine/configure.ts";
import { FailureError } from "../src/errors.ts";
import { projectFolder } from "../src/setup/project-folder.ts";
import { venvPython } from "../src/setup/python-packages.ts";
import type { KernelTasks } from "./kernel-tasks.ts";
import type { PyTorchTasks } from "./pytorch-tasks.ts";
import type { KitTasks } from "./tasks/tasks.ts";
import { Worker } from "./worker.ts";

const beside = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** Starts the processes of a section and ends what is left of them. */
export class Processes {
  /** An interpreter that has PyTorch; `null` where its side is left out. */
  python: string | null = null;
  readonly #running = new Set<ChildProcess>();
  readonly #workers: Worker<never>[] = [];

  /** A process with the kit's own code. */
  kit(threadCount: number = threads): Worker<KitTasks> {
    return this.#worker(process.execPath, ["--import", "tsx", beside("kit-worker.ts")], {
      ...process.env,
      H2T_THREADS: String(threadCount),
    });
  }

  /** A process with PyTorch, eager, or `null` where it is left out. */
  pytorch(): Worker<PyTorchTasks> | null {
    if (this.python === null) return null;
    return this.#worker(this.python, [beside("pytorch_worker.py"), String(threads)], process.env);
  }

  /** A process that starts Jupyter kernels and asks them things, by set-up's own Jupyter. */
  kernels(): Worker<KernelTasks> {
    return this.#worker(venvPython(projectFolder), [beside("kernel_worker.py")], process.env);
  }

  /**
   * The wall time of a command that prints what nobody reads.
   *
   * @throws {FailureError} if it does not end with status 0.
   */
  async seconds(program: string, args: readonly string[]): Promise<number> {
    const start = performance.now();
    await this.run(program, args, "ignore");
    return (performance.now() - start) / 1000;
  }

  /**
   * Runs a command, which by default prints to the terminal.
   *
   * @throws {FailureError} if it does not end with status 0.
   */
  async run(
    program: string,
    args: readonly string[],
    output: "inherit" | "ignore" = "inherit",
  ): Promise<void> {
    const child = this.#keep(spawn(program, args, { stdio: ["ignore", output, output] }));
    const [status] = await once(child, "close");
    if (status === 0) return;
    throw new FailureError({
      rule: `\`${[program, ...args].join(" ")}\` must end well`,
      got: `exit status ${status}`,
      remedy: "type it to see why, mend that, and type the benchmark's command again",
    });
  }

  /** Lets every worker end. */
  async end(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.end()));
  }

  /** Ends everything at once. */
  kill(): void {
    for (const child of this.#running) child.kill("SIGKILL");
  }

  #worker<Tasks>(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Worker<Tasks> {
    const child = spawn(program, args, { env, stdio: "pipe" });
    child.stderr.pipe(process.stderr, { end: false });
    this.#keep(child);
    const worker = new Worker<Tasks>(child);
    this.#workers.push(worker);
    return worker;
  }

  #keep<Child extends ChildProcess>(child: Child): Child {
    this.#running.add(child);
    child.once("close", () => this.#running.delete(child));
    return child;
  }
}
