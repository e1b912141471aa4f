/**
 * Front ends count a cursor's place in Unicode code points, JavaScript in UTF-16 units, of which some code points take two.
 *
 * @returns the place in UTF-16 units.
 * @source Jupyter messaging protocol 5.4, "cursor_pos and unicode offsets".
 * @example offsetOf("😀x", 1); // → 2
 */
export function offsetOf(code: string, cursor: number): number {
  let offset = 0;
  for (const character of code) {
    if (cursor-- <= 0) break;
    offset += character.length;
  }
  return offset;
}

/**
 * The way back.
 *
 * @returns the place in code points.
 * @example cursorOf("😀x", 2); // → 1
 */
export const cursorOf = (code: string, offset: number): number => [...code.slice(0, offset)].length;
