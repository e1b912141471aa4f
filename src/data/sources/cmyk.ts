/** Returns a · b / 255, rounded like Pillow's `MULDIV255`. */
function scaled(a: number, b: number): number {
  const product = a * b + 128;
  return ((product >> 8) + product) >> 8;
}

/**
 * Converts CMYK to RGB without a colour profile.
 *
 *     R = (255 − K) − C · (255 − K) / 255; likewise G with M and B with Y
 *
 * @param inks - `[count, 4]`, 0 … 255.
 * @returns `[count, 3]`.
 * @source code: Pillow src/libImaging/Convert.c, cmyk2rgb
 * @example cmykToRgb(Uint8Array.of(255, 0, 0, 0)); // → [0, 255, 255]
 */
export function cmykToRgb(inks: Uint8Array): Uint8Array {
  const pixels = new Uint8Array((inks.length / 4) * 3);
  for (let from = 0, to = 0; from < inks.length; from += 4, to += 3) {
    const light = 255 - (inks[from + 3] as number);
    for (let c = 0; c < 3; c++) pixels[to + c] = light - scaled(inks[from + c] as number, light);
  }
  return pixels;
}
