import { createHash } from "node:crypto";
import { z } from "zod";
import type { ImageSet } from "../image-set.ts";

/** The files of a packed data set: pixels are uint8 `[count, height, width, 3]`, labels int32 little-endian `[count]`. */
export const packedFiles = [
  "train-images.bin",
  "train-labels.bin",
  "test-images.bin",
  "test-labels.bin",
] as const;
export type PackedFile = (typeof packedFiles)[number];

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const packedFile = z.strictObject({ bytes: z.int().min(1), sha256: hash });

/** Content of a packed data set's `manifest.json`. */
export const manifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  name: z.string().min(1),
  origin: z.enum(["official", "re-encoded", "generated"]),
  height: z.int().min(1),
  width: z.int().min(1),
  classNames: z.array(z.string()).min(1),
  /** Images per split. */
  counts: z.strictObject({ train: z.int().min(1), test: z.int().min(1) }),
  /** Number of images with published pixels; absent if the kit has no list of them. */
  officialImages: z.int().min(0).optional(),
  files: z.strictObject({
    "train-images.bin": packedFile,
    "train-labels.bin": packedFile,
    "test-images.bin": packedFile,
    "test-labels.bin": packedFile,
  }),
  digest: hash,
  /** SHA-256 of the text of all entries above. */
  sha256: hash,
});
export type Manifest = z.infer<typeof manifestSchema>;
/** A manifest without its own hash. */
export type ManifestContent = Omit<Manifest, "sha256">;

const textOf = (manifest: ManifestContent | Manifest) => `${JSON.stringify(manifest, null, 2)}\n`;

/** Whether the text of a manifest is byte for byte as `manifestText` writes it. */
export const isAsWritten = (manifest: Manifest, text: string): boolean => text === manifestText(manifest);

/** Formats `manifest.json`, with its own hash as the last entry. */
export function manifestText({ sha256: _, ...content }: ManifestContent & Partial<Manifest>): string {
  return textOf({ ...content, sha256: fingerprint(Buffer.from(textOf(content))).sha256 });
}

/** Returns the bytes of each packed file, as views. */
export function packedBytes(splits: {
  readonly train: ImageSet;
  readonly test: ImageSet;
}): Record<PackedFile, Uint8Array> {
  const labels = ({ labels: { buffer, byteOffset, byteLength } }: ImageSet) =>
    new Uint8Array(buffer, byteOffset, byteLength);
  return {
    "train-images.bin": splits.train.pixels,
    "train-labels.bin": labels(splits.train),
    "test-images.bin": splits.test.pixels,
    "test-labels.bin": labels(splits.test),
  };
}

/** Returns size and SHA-256 of a file. */
export function fingerprint(bytes: Uint8Array): { bytes: number; sha256: string } {
  return { bytes: bytes.byteLength, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Returns the digest of a pack of these splits. */
export function packDigest(splits: { readonly train: ImageSet; readonly test: ImageSet }): string {
  return overallDigest(fingerprints(splits));
}

/** Returns size and SHA-256 of each packed file. */
export function fingerprints(splits: {
  readonly train: ImageSet;
  readonly test: ImageSet;
}): Manifest["files"] {
  const bytes = packedBytes(splits);
  return {
    "train-images.bin": fingerprint(bytes["train-images.bin"]),
    "train-labels.bin": fingerprint(bytes["train-labels.bin"]),
    "test-images.bin": fingerprint(bytes["test-images.bin"]),
    "test-labels.bin": fingerprint(bytes["test-labels.bin"]),
  };
}

/** Returns the digest of a pack: SHA-256 of the concatenated hexadecimal hashes of its files. */
export function overallDigest(files: Manifest["files"]): string {
  return createHash("sha256")
    .update(packedFiles.map((name) => files[name].sha256).join(""))
    .digest("hex");
}
