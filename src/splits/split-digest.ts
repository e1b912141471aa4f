import { createHash } from "node:crypto";

/**
 * What identifies a split: equal digests mean equal images in equal order.
 *
 * SHA-256 of the positions as JSON without spaces, `[[398,3833,…],…]`, which any language can write.
 *
 * @param positions - `[C]` lists of the kept images' positions within their class, in the order of drawing.
 * @returns 64 hexadecimal digits.
 * @example splitDigest([[2, 0], [1]]).slice(0, 8); // → "37d71e0c"
 */
export function splitDigest(positions: readonly ArrayLike<number>[]): string {
  const json = JSON.stringify(positions.map((list) => Array.from(list)));
  return createHash("sha256").update(json).digest("hex");
}
