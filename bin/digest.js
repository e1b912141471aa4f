import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

// JavaScript, since it must run before anything is compiled; `digest.d.ts` has the types.

export function digestOf(...texts) {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest("hex");
}

export function filesBelow(folder, path) {
  let entries;
  try {
    entries = readdirSync(join(folder, path), { withFileTypes: true });
  } catch (error) {
    if (error.code === "ENOTDIR") return [path];
    throw error;
  }
  // Python writes its cache next to the kernel's papermill module; it is no source.
  const sources = entries.filter(({ name }) => name !== "__pycache__");
  return sources.flatMap((entry) => {
    const below = join(path, entry.name);
    return entry.isDirectory() ? filesBelow(folder, below) : [below];
  });
}

export function digestFiles(folder, paths) {
  const files = paths.flatMap((path) => filesBelow(folder, path)).sort();
  return digestOf(
    ...files.flatMap((file) => [file.split(sep).join("/"), readFileSync(join(folder, file), "latin1")]),
  );
}
