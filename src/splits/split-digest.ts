import { createHash } from "node:crypto";

/**
 * Identifies a split: equal digests mean equal images in equal order.
 *
 *     digest = SHA-256 of the positions as JSON without spaces, `[[398,3833,…],…]`
 *
 * Use it to check that two implementations, in any language, train on the same images.
 *
 * @param positions - `[C]` lists of the kept images' positions within their class, in drawing order.
 * @returns 64 hexadecimal digits.
 * @example splitDigest([[2, 0], [1]]).slice(0, 8); // → "37d71e0c"
 */
export function splitDigest(positions: readonly ArrayLike<number>[]): string {
  const json = JSON.stringify(positions.map((list) => Array.from(list)));
  return createHash("sha256").update(json).digest("hex");
}
