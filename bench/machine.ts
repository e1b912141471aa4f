import { availableParallelism, cpus, totalmem } from "node:os";
import { threads } from "../src/engine/configure.ts";
import type { Processes } from "./processes.ts";
import type { Machine } from "./results.ts";

/** What the numbers were measured on and by. */
export async function describeMachine(processes: Processes): Promise<Machine> {
  const [kit, pytorch] = [processes.kit(), processes.pytorch()];
  const [tensorflow, torch] = await Promise.all([kit.version, pytorch?.version ?? null]);
  await processes.end();
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    threads,
    node: process.versions.node,
    tensorflow,
    torch,
  };
}
