import { FailureError } from "../../errors.ts";

/** A file format that `--from` does not accept. */
interface OtherFormat {
  readonly name: string;
  /** The first bytes, hexadecimal. */
  readonly signature: string;
  /** How to provide the images instead. */
  readonly fix: string;
}

const unpack = "unpack it and pass the resulting folder with --from";
const asPictures = "save its images as {train,test}/<class>/*.png and pass that folder with --from";

const otherFormats: readonly OtherFormat[] = [
  { name: "a .zip archive", signature: "504b0304", fix: unpack },
  { name: "an empty .zip archive", signature: "504b0506", fix: unpack },
  { name: "a bzip2 file, such as .tar.bz2", signature: "425a68", fix: unpack },
  { name: "a Zstandard file, such as .tar.zst", signature: "28b52ffd", fix: unpack },
  { name: "an LZ4 file, such as .tar.lz4", signature: "04224d18", fix: unpack },
  { name: "an lzip file, such as .tar.lz", signature: "4c5a4950", fix: unpack },
  { name: "a compress file, such as .tar.Z", signature: "1f9d", fix: unpack },
  { name: "a .7z archive", signature: "377abcaf271c", fix: unpack },
  { name: "a .rar archive", signature: "526172211a07", fix: unpack },
  { name: "a NumPy array (.npy)", signature: "934e554d5059", fix: asPictures },
  { name: "an HDF5 file", signature: "894844460d0a1a0a", fix: asPictures },
  { name: "a MATLAB file", signature: "4d41544c4142", fix: asPictures },
  { name: "a Parquet file", signature: "50415231", fix: asPictures },
  { name: "a Python pickle", signature: "80", fix: asPictures },
  { name: "a PDF", signature: "25504446", fix: asPictures },
  { name: "a PNG picture", signature: "89504e470d0a1a0a", fix: "pass the folder of all images with --from" },
  { name: "a JPEG picture", signature: "ffd8ff", fix: "pass the folder of all images with --from" },
  { name: "a web page", signature: "3c21", fix: "download the file itself, not the page that offers it" },
  {
    name: "a web page",
    signature: "3c68746d6c",
    fix: "download the file itself, not the page that offers it",
  },
];

/** Whether a .zip holds NumPy arrays. The length of the first file's name is at byte 26, the name at byte 30. */
const isNumpyZip = (head: Buffer) =>
  head.toString("latin1", 0, 2) === "PK" &&
  head.length > 30 &&
  head.toString("latin1", 30, 30 + head.readUInt16LE(26)).endsWith(".npy");

/**
 * Whether a block can be the first of a tar. The header contains a checksum over itself, with spaces in place of the checksum.
 *
 * @param block - 512 bytes.
 */
export function beginsTar(block: Buffer): boolean {
  const stored = Number.parseInt(block.toString("latin1", 148, 156).replaceAll("\0", " ").trim() || "0", 8);
  const sum = block.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  return sum === stored || block.every((byte) => byte === 0);
}

/**
 * Creates the error for a file in a known format that `--from` does not accept; undefined for other files, such as a tar.
 *
 * @param head - the first bytes, 256 or more.
 */
export function otherFormat(file: string, head: Buffer): FailureError | undefined {
  const hex = head.toString("hex");
  const found = isNumpyZip(head)
    ? { name: "NumPy arrays (.npz)", fix: asPictures }
    : otherFormats.find(({ signature }) => hex.startsWith(signature));
  if (found === undefined) return;
  return new FailureError({
    code: "ARCHIVE_FORMAT",
    problem: `${file} is ${found.name}, but --from accepts only a folder, .tar, .tar.gz or .tar.xz`,
    fix: found.fix,
  });
}
