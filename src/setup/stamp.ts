import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

export { digestFiles, digestOf } from "#bin/digest";

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
