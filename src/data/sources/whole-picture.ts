const pngSignature = "89504e470d0a1a0a";
/** Bytes of a chunk's length, type and checksum. */
const chunkFrame = 12;

const startsWith = (bytes: Buffer, hex: string) => bytes.subarray(0, hex.length / 2).toString("hex") === hex;

/** Whether bytes begin with the signature of a JPEG or PNG. */
export const isPicture = (bytes: Buffer): boolean =>
  startsWith(bytes, "ffd8ff") || startsWith(bytes, pngSignature);

/** Whether a PNG has its last chunk (IEND), which the decoder does not require. */
function isWholePng(bytes: Buffer): boolean {
  for (let at = pngSignature.length / 2; at + chunkFrame <= bytes.length; ) {
    if (bytes.toString("latin1", at + 4, at + 8) === "IEND") return true;
    at += chunkFrame + bytes.readUInt32BE(at);
  }
  return false;
}

/** Whether an end marker follows the last scan of a JPEG, which the decoder does not require. No scan contains one. */
const isWholeJpeg = (bytes: Buffer): boolean =>
  bytes.lastIndexOf("ffd9", undefined, "hex") > bytes.lastIndexOf("ffda", undefined, "hex");

/**
 * Whether a picture has its end; the decoder checks the rest.
 *
 * @param bytes - a JPEG or PNG.
 */
export const isWholePicture = (bytes: Buffer): boolean =>
  startsWith(bytes, pngSignature) ? isWholePng(bytes) : isWholeJpeg(bytes);
