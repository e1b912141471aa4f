import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { builtFrom, sourceDigest } from "#bin/dist";
import { sourceCommit } from "#bin/source-commit";

const kit = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** The sources that a process runs. */
export interface Sources {
  /** SHA-256 over `src/` and how it is compiled. */
  readonly digest: string;
  /** The commit that they are of, with `+changes` when they were edited since; null outside a repository of the kit. */
  readonly commit: string | null;
}

/** Read when this module loads: `dist/` may be replaced while the process runs. */
const built = import.meta.url.endsWith(".ts") ? undefined : builtFrom(kit);

/** The present sources' digest; undefined in a package that ships without them. */
function presentDigest(): string | undefined {
  try {
    return sourceDigest(kit);
  } catch {
    return undefined;
  }
}

/** The digest of the sources that this process runs; empty where nothing tells it. */
export const sourcesDigest = (): string => built?.digest ?? presentDigest() ?? "";

/**
 * The sources that this process runs: in `dist/` those that it was compiled from, whatever was edited since.
 *
 * A build notes its commit, but what was compiled first and committed later is of the later commit: while the present sources equal
 * those of the build, git is asked.
 */
export function runningSources(): Sources {
  const digest = presentDigest();
  if (built === undefined) return { digest: digest ?? "", commit: sourceCommit(kit) };
  return digest === built.digest ? { digest, commit: sourceCommit(kit) } : built;
}
