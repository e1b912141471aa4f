import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { FailureError } from "../../errors.ts";
import { projectFolder } from "../../setup/project-folder.ts";
import type { TrainingEvent } from "../training-event.ts";
import type { TrainingOrder } from "../training-order.ts";

/** What a process that trains tells; `text` is what `h2t` would print of an error. */
export type ChainMessage = TrainingEvent | { readonly kind: "failure"; readonly text: string };

/** What a process that trains is given besides its order. */
interface Surroundings {
  readonly threads: number;
  readonly tell: (event: TrainingEvent) => void;
  readonly signal: AbortSignal;
}

/** A process that was told to stop has so many milliseconds; ended then, it loses no more: the last epoch's checkpoint is whole. */
const timeToStop = 4_000;

/** `src/` runs through tsx, without its cache, which another user of the machine might have filled; `dist/` needs none. */
const isSource = import.meta.url.endsWith(".ts");
const chainProcess = fileURLToPath(
  new URL(isSource ? "chain-process.ts" : "chain-process.js", import.meta.url),
);
const throughTsx = () => ({
  execArgv: ["--import", import.meta.resolve("tsx")],
  env: { TSX_DISABLE_CACHE: "1", TSX_TSCONFIG_PATH: path.join(projectFolder, "tsconfig.json") },
});

/** What trains now; it ends with this process. One listener for all, since an emitter warns of more than ten. */
const children = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});

/**
 * Trains rows in a process of its own.
 *
 * When `signal` is aborted it stops after the running batch, and is killed if that takes longer than `timeToStop`. It also stops when
 * this process is killed, and ends at once when this process exits.
 *
 * @returns why it failed, as `h2t` prints it; `undefined` when it has done its work, or was told to stop.
 * @throws the system's error if it does not start.
 */
export async function trainInChild(
  order: TrainingOrder,
  { threads, tell, signal }: Surroundings,
): Promise<string | undefined> {
  if (signal.aborted) return undefined;
  const { execArgv, env } = isSource ? throughTsx() : { execArgv: [], env: {} };
  const child = fork(chainProcess, {
    execArgv,
    env: { ...process.env, ...env, H2T_THREADS: String(threads) },
    serialization: "advanced",
    // Whatever the engine prints is no result.
    stdio: ["ignore", 2, 2, "ipc"],
  });
  let failure: string | undefined;
  child.on("message", (message: ChainMessage) => {
    if (message.kind === "failure") failure = message.text;
    else tell(message);
  });
  let lastResort: NodeJS.Timeout | undefined;
  const stop = () => {
    child.kill("SIGINT");
    lastResort = setTimeout(() => child.kill("SIGKILL"), timeToStop);
  };
  children.add(child);
  signal.addEventListener("abort", stop, { once: true });
  try {
    await once(child, "spawn");
    // It may be gone before it has read this; how it ended then says why.
    child.send(order, () => {});
    const [status, killer] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
    if (status === 0 || signal.aborted) return undefined;
    return failure ?? endedBy(killer ?? `status ${status}`);
  } finally {
    clearTimeout(lastResort);
    children.delete(child);
    signal.removeEventListener("abort", stop);
  }
}

const endedBy = (got: string) =>
  `h2t: ${
    new FailureError({
      rule: "a process that trains must end by itself",
      got,
      remedy: "the same command goes on from its last finished epoch; if memory is short, with fewer --jobs",
    }).message
  }\n`;
