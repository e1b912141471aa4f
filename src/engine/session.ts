import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FailureError } from "../errors.ts";
import { systemFailure } from "../storage/system-failure.ts";
import { removeOrphans, unfinishedName } from "../storage/unfinished-files.ts";
import { type GraphNode, savedModelBytes } from "./graph-def.ts";
import { type Dtype, dtypeCodes, nativeBackend, type TensorValues } from "./native-backend.ts";

/** A tensor of numbers outside TensorFlow. */
export interface Feed {
  readonly node: string;
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  /** Shared with TensorFlow until `run` returns. */
  readonly values: TensorValues;
}

/** Where TensorFlow is given a graph, which it takes from files only; what killed processes have left there goes first. */
function temporaryFolder(): string {
  const name = join(tmpdir(), "h2t-graph");
  removeOrphans(name);
  const folder = unfinishedName(name);
  try {
    mkdirSync(folder, { mode: 0o700 });
    return folder;
  } catch (error) {
    throw unusable(error) ?? systemFailure(error, tmpdir()) ?? error;
  }
}

/** What a folder answers that is there for other purposes, or not at all. */
const refusals = ["ENOENT", "ENOTDIR", "EACCES", "EPERM", "EROFS"];

/** The error about a temporary folder that takes no files; undefined for others, such as a full disk. */
function unusable(cause: unknown): FailureError | undefined {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (!refusals.includes(code)) return;
  return new FailureError(
    {
      code: "TEMPORARY_FOLDER_UNUSABLE",
      problem: `the temporary folder ${tmpdir()} takes no files (${code})`,
      fix: "name one that does: export TMPDIR=/path/to/folder",
    },
    { cause },
  );
}

/** A graph in a TensorFlow session of its own. */
export class Session {
  #id: number | null;

  constructor(nodes: readonly GraphNode[]) {
    const folder = temporaryFolder();
    try {
      writeFileSync(join(folder, "saved_model.pb"), savedModelBytes(nodes));
      this.#id = nativeBackend().binding.loadSavedModel(folder, "serve");
    } catch (error) {
      throw systemFailure(error, folder) ?? error;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** Feeds values, runs what the fetched nodes need, and returns their values. */
  run(feeds: readonly Feed[], fetches: readonly string[]): TensorValues[] {
    if (this.#id === null) throw new Error("internal: the session was closed");
    const { binding } = nativeBackend();
    const fed = feeds.map(({ shape, dtype, values }) =>
      binding.createTensor(shape, dtypeCodes[dtype], values),
    );
    try {
      const results = binding.runSavedModel(
        this.#id,
        fed,
        feeds.map(({ node }) => node).join(),
        fetches.join(),
      );
      return results.map(({ id }) => {
        const values = binding.tensorDataSync(id);
        binding.deleteTensor(id);
        return values;
      });
    } finally {
      for (const id of fed) binding.deleteTensor(id);
    }
  }

  /** Frees the graph and its variables. */
  close(): void {
    if (this.#id === null) return;
    nativeBackend().binding.deleteSavedModel(this.#id);
    this.#id = null;
  }
}
