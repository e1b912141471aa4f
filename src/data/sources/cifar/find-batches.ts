import path from "node:path";
import { FailureError } from "../../../errors.ts";
import type { FileTree } from "../file-tree.ts";
import type { BatchFiles } from "./format.ts";

/** Finds the folders of a tree that hold every batch file of a version; each ends with a slash unless empty. */
export function foldersWithBatches(tree: FileTree, files: BatchFiles): string[] {
  const batches = [...files.train, ...files.test];
  const paths = new Set(tree.paths);
  return foldersWithAny(tree, batches).filter((folder) => batches.every((name) => paths.has(folder + name)));
}

/** Describes the missing files in one line if a tree holds a part of a version. */
export function describeIncomplete(tree: FileTree, files: BatchFiles): string | undefined {
  const batches = [...files.train, ...files.test];
  const paths = new Set(tree.paths);
  const [folder] = foldersWithAny(tree, batches);
  if (folder === undefined) return undefined;
  const missing = batches.filter((name) => !paths.has(folder + name));
  const present = batches.find((name) => paths.has(folder + name)) as string;
  return `${folder}${present} exists, but ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} missing next to it`;
}

/**
 * Returns the only folder; files in two folders belong to two copies.
 *
 * @throws {FailureError} DATA_SET_TWICE if there are several.
 */
export function onlyFolder(tree: FileTree, folders: readonly string[]): string {
  const [folder = "", ...others] = folders;
  if (others.length === 0) return folder;
  throw new FailureError({
    code: "DATA_SET_TWICE",
    problem: `${tree.source} holds the data set ${folders.length} times, in ${folders.map((one) => one || "./").join(", ")}`,
    fix: "point --from at one of these folders",
  });
}

function foldersWithAny(tree: FileTree, names: readonly string[]): string[] {
  const found = tree.paths.filter((file) => names.includes(path.posix.basename(file)));
  return [...new Set(found.map((file) => file.slice(0, file.length - path.posix.basename(file).length)))];
}
