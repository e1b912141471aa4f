import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestFiles, digestOf, filesBelow } from "./digest.js";

// JavaScript, since it must run before anything is compiled; `dist.d.ts` has the types.

const inputs = ["src", "tsconfig.json", "tsconfig.build.json"];

export const notes = {
  digest: ".h2t-kit-stamp",
  commit: ".h2t-kit-commit",
  glance: ".h2t-kit-glance",
};

function noteOf(kit, note) {
  try {
    return readFileSync(join(kit, "dist", note), "utf8").trim();
  } catch {
    return undefined;
  }
}

export const isClone = (kit) => inputs.every((input) => existsSync(join(kit, input)));

export const sourceDigest = (kit) => digestFiles(kit, inputs);

export function sourceGlance(kit) {
  const files = inputs.flatMap((input) => filesBelow(kit, input)).sort();
  return digestOf(
    ...files.flatMap((file) => {
      const { size, ctimeMs } = statSync(join(kit, file));
      return [file, `${size} ${ctimeMs}`];
    }),
  );
}

export function isDistFresh(kit) {
  const digest = noteOf(kit, notes.digest);
  if (digest === undefined) return false;
  const glance = sourceGlance(kit);
  if (noteOf(kit, notes.glance) === glance) return true;
  if (sourceDigest(kit) !== digest) return false;
  try {
    writeFileSync(join(kit, "dist", notes.glance), glance);
  } catch {
    // A folder that only others may write: the next look costs as much again.
  }
  return true;
}

export function builtFrom(kit) {
  const digest = noteOf(kit, notes.digest);
  return digest === undefined ? undefined : { digest, commit: noteOf(kit, notes.commit) || null };
}
