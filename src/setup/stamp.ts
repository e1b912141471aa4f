import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";

/**
 * A stamp lies beside a result and holds the digest of what the result was made from. It is written last,
 * so that a missing or different stamp means: interrupted or out of date, make it again.
 */
export function isStamped(stampFile: string, digest: string): boolean {
  return readStamp(stampFile) === digest;
}

/** The digest in a stamp, or `undefined` where there is no stamp. */
export function readStamp(stampFile: string): string | undefined {
  try {
    return readFileSync(stampFile, "utf8").trim();
  } catch {
    return undefined;
  }
}

/** Marks a result as whole. */
export function writeStamp(stampFile: string, digest: string): void {
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, `${digest}\n`);
}

/** SHA-256 over several texts, whose borders count. */
export function digestOf(...texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest("hex");
}

/**
 * SHA-256 over the names and bytes of files; the order of the directory and its place on the disk do not count.
 *
 * @param folder - what the paths are relative to, so that a moved folder keeps its digest.
 * @param paths - files and folders; a folder stands for every file below it.
 * @example digestFiles(projectFolder, ["src", "tsconfig.json"]);
 */
export function digestFiles(folder: string, paths: readonly string[]): string {
  const files = paths.flatMap((path) => filesBelow(folder, path)).sort();
  return digestOf(
    ...files.flatMap((file) => [file.split(sep).join("/"), readFileSync(join(folder, file), "latin1")]),
  );
}

function filesBelow(folder: string, path: string): string[] {
  let entries: ReturnType<typeof readFolder>;
  try {
    entries = readFolder(join(folder, path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return [path];
    throw error;
  }
  return entries.flatMap((entry) =>
    entry.isDirectory() ? filesBelow(folder, join(path, entry.name)) : [join(path, entry.name)],
  );
}

const readFolder = (folder: string) => readdirSync(folder, { withFileTypes: true });
