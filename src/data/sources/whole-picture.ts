const pngSignature = "89504e470d0a1a0a";
/** Length, type and check sum of a chunk without data. */
const chunkFrame = 12;

const startsWith = (bytes: Buffer, hex: string) => bytes.subarray(0, hex.length / 2).toString("hex") === hex;

/** Whether bytes begin as a JPEG or PNG does. */
export const isPicture = (bytes: Buffer): boolean =>
  startsWith(bytes, "ffd8ff") || startsWith(bytes, pngSignature);

/** Whether the chunks of a PNG go up to and with its last one, which is empty: the decoder does without that one. */
function isWholePng(bytes: Buffer): boolean {
  for (let at = pngSignature.length / 2; at + chunkFrame <= bytes.length; ) {
    if (bytes.toString("latin1", at + 4, at + 8) === "IEND") return true;
    at += chunkFrame + bytes.readUInt32BE(at);
  }
  return false;
}

/** Whether an end marker follows the last scan of a JPEG, inside which none can stand: the decoder does without it. */
const isWholeJpeg = (bytes: Buffer): boolean =>
  bytes.lastIndexOf("ffd9", undefined, "hex") > bytes.lastIndexOf("ffda", undefined, "hex");

/**
 * Whether a picture has its end; what lies between is the decoder's to judge.
 *
 * @param bytes - of a JPEG or PNG.
 */
export const isWholePicture = (bytes: Buffer): boolean =>
  startsWith(bytes, pngSignature) ? isWholePng(bytes) : isWholeJpeg(bytes);
