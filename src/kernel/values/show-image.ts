import type { MimeBundle } from "../../notebook/mime-bundle.ts";

/** First bytes of an image file, by type. */
const signatures = {
  "image/png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  "image/jpeg": [0xff, 0xd8, 0xff],
} as const;

/** An image file's bytes as the image. */
export function showImage(value: object): MimeBundle | undefined {
  if (!(value instanceof Uint8Array)) return undefined;
  for (const [type, signature] of Object.entries(signatures)) {
    if (signature.some((byte, index) => value[index] !== byte)) continue;
    const base64 = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
    return { [type]: base64, "text/plain": `${type}, ${value.byteLength.toLocaleString("en")} bytes` };
  }
  return undefined;
}
