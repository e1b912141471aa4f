import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * What makes two folders of runs and data equal: a digest of every file by its path, of records without the block that comparisons
 * leave out; without TensorBoard's events, which tell when they were written, and without claims, of which those of killed processes
 * stay until somebody looks.
 */
export function resultsIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^events\.out\.tfevents\.|\.lock$/.test(entry.name))
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .sort();
  return Object.fromEntries(
    files.map((file) => {
      const bytes = readFileSync(file);
      const content = path.basename(file) === "record.json" ? withoutProvenance(bytes) : bytes;
      return [path.relative(folder, file), createHash("sha256").update(content).digest("hex")];
    }),
  );
}

function withoutProvenance(bytes: Buffer): string {
  const { provenance: _provenance, ...record } = JSON.parse(bytes.toString("utf8"));
  return JSON.stringify(record);
}
