import { FailureError } from "../../errors.ts";

/** A kind of file that `--from` does not take, and how its images come to be taken. */
interface OtherFormat {
  readonly name: string;
  /** Its first bytes, hexadecimal. */
  readonly begins: string;
  readonly fix: string;
}

const unpack = "unpack it and pass the folder that comes out with --from";
const asPictures = "save its images as {train,test}/<class>/*.png and pass that folder with --from";

const otherFormats: readonly OtherFormat[] = [
  { name: "a .zip archive", begins: "504b0304", fix: unpack },
  { name: "an empty .zip archive", begins: "504b0506", fix: unpack },
  { name: "a bzip2 file, such as .tar.bz2", begins: "425a68", fix: unpack },
  { name: "a Zstandard file, such as .tar.zst", begins: "28b52ffd", fix: unpack },
  { name: "an LZ4 file, such as .tar.lz4", begins: "04224d18", fix: unpack },
  { name: "an lzip file, such as .tar.lz", begins: "4c5a4950", fix: unpack },
  { name: "a compress file, such as .tar.Z", begins: "1f9d", fix: unpack },
  { name: "a .7z archive", begins: "377abcaf271c", fix: unpack },
  { name: "a .rar archive", begins: "526172211a07", fix: unpack },
  { name: "a NumPy array (.npy)", begins: "934e554d5059", fix: asPictures },
  { name: "an HDF5 file", begins: "894844460d0a1a0a", fix: asPictures },
  { name: "a MATLAB file", begins: "4d41544c4142", fix: asPictures },
  { name: "a Parquet file", begins: "50415231", fix: asPictures },
  { name: "a Python pickle", begins: "80", fix: asPictures },
  { name: "a PDF", begins: "25504446", fix: asPictures },
  { name: "a PNG picture", begins: "89504e470d0a1a0a", fix: "pass the folder of all images with --from" },
  { name: "a JPEG picture", begins: "ffd8ff", fix: "pass the folder of all images with --from" },
  { name: "a web page", begins: "3c21", fix: "download the file itself, not the page that offers it" },
  { name: "a web page", begins: "3c68746d6c", fix: "download the file itself, not the page that offers it" },
];

/** In a .zip the length of the first file's name stands at byte 26, the name itself at byte 30. */
const isNumpyZip = (head: Buffer) =>
  head.toString("latin1", 0, 2) === "PK" &&
  head.length > 30 &&
  head.toString("latin1", 30, 30 + head.readUInt16LE(26)).endsWith(".npy");

/**
 * Whether a block can begin a tar: its header has a check sum over itself, in which that sum counts as spaces.
 *
 * @param block - 512 bytes.
 */
export function beginsTar(block: Buffer): boolean {
  const stored = Number.parseInt(block.toString("latin1", 148, 156).replaceAll("\0", " ").trim() || "0", 8);
  const sum = block.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  return sum === stored || block.every((byte) => byte === 0);
}

/**
 * The error about a file of a known kind that `--from` does not take; undefined for others, such as a tar.
 *
 * @param head - its first bytes, 256 or more.
 */
export function otherFormat(file: string, head: Buffer): FailureError | undefined {
  const hex = head.toString("hex");
  const found = isNumpyZip(head)
    ? { name: "NumPy arrays (.npz)", fix: asPictures }
    : otherFormats.find(({ begins }) => hex.startsWith(begins));
  if (found === undefined) return;
  return new FailureError({
    code: "ARCHIVE_FORMAT",
    problem: `${file} is ${found.name}; --from takes a folder, or a .tar, .tar.gz or .tar.xz`,
    fix: found.fix,
  });
}
