import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { oneDnn, threads } from "../engine/configure.ts";
import { nativeBackend } from "../engine/native-backend.ts";
import { tf } from "../engine/tensorflow.ts";
import type { RunRecord } from "./record.ts";
import { runningSources } from "./sources.ts";

const projectFolder = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** By what, where and when a process works: what a record says of it, besides the run's own times. */
export type Provenance = Omit<RunRecord["provenance"], "wallSeconds" | "replayed" | "earlier">;

/** The provenance of what this process makes: all that a comparison of records leaves out. */
export function provenance(started: Date): Provenance {
  const kit = JSON.parse(readFileSync(resolve(projectFolder, "package.json"), "utf8")) as { version: string };
  const { binding } = nativeBackend();
  const { digest: sources, commit } = runningSources();
  return {
    versions: {
      "h2t-kit": kit.version,
      node: process.versions.node,
      tensorflow: binding.TF_Version,
      tfjs: tf.version["tfjs-core"],
    },
    threads,
    oneDnn,
    device: binding.isUsingGpuDevice() ? "gpu" : (cpus()[0]?.model ?? "cpu"),
    commit,
    sources,
    startedAt: started.toISOString(),
  };
}
