import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { nativeBackend } from "../src/engine/native-backend.ts";
import { type Task, tasks } from "./tasks/tasks.ts";

// Does tasks with the kit's own code: a line {task, settings} comes in, a line of measures goes out (see worker.ts).

/** Bytes of this process, by their name in /proc/self/status. */
function memory(name: string): number {
  const status = readFileSync("/proc/self/status", "utf8");
  return 1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]);
}

const say = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`);

// Ctrl-C reaches every process of the terminal; the one that started this one ends it.
process.on("SIGINT", () => {});
say({ version: nativeBackend().binding.TF_Version });
const prepared = new Map<string, Task>();
for await (const line of createInterface(process.stdin)) {
  const { task, settings } = JSON.parse(line) as { task: keyof typeof tasks; settings: never };
  const run = prepared.get(line) ?? tasks[task](settings);
  prepared.set(line, run);
  const start = performance.now();
  const own = await run();
  const seconds = (performance.now() - start) / 1000;
  say({ seconds, ...own, residentBytes: memory("VmRSS"), peakBytes: memory("VmHWM") });
}
