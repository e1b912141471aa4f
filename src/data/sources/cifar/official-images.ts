import { hash } from "node:crypto";
import { FailureError } from "../../../errors.ts";
import type { ImageSet } from "../../image-set.ts";
import { packDigest } from "../../packs/manifest.ts";
import type { ReadImages } from "../class-folders.ts";
import { imageBytes } from "../decode-image.ts";
import { type SplitName, splitNames } from "./format.ts";

/** The official images of a data set, as classes and hashes in the published order. */
export interface OfficialImages {
  /** Class and first six bytes of the pixels' SHA-256 per image, training images first. */
  readonly list: Uint8Array;
  /** Digest of a pack that holds these images in this order. */
  readonly digest: string;
}

/**
 * Bytes of a pixel hash. Two of 60,000 images share a hash by chance with probability 10⁻⁵. The digest of the whole pack,
 * which is compared in full, would reveal that.
 */
const hashBytes = 6;
const entryBytes = 1 + hashBytes;

const pixelHash = ({ pixels }: ImageSet, image: number): string =>
  hash("sha256", pixels.subarray(image * imageBytes, (image + 1) * imageBytes), "hex").slice(
    0,
    2 * hashBytes,
  );

/**
 * Lists the images of a data set in their order, for `OfficialImages.list`.
 *
 * @returns `[images · 7]`, training images first.
 * @example listImages(await readCifar(…)).length; // → 420,000 bytes for 60,000 images
 */
export function listImages(images: Pick<ReadImages, SplitName>): Uint8Array {
  const entries = splitNames.flatMap((split) => {
    const set = images[split];
    return Array.from(set.labels, (label, i) =>
      Buffer.concat([Uint8Array.of(label), Buffer.from(pixelHash(set, i), "hex")]),
    );
  });
  return Buffer.concat(entries);
}

/** Result of comparing images with the official list. */
export interface Recognised {
  /** Number of official images, with the same pixels in the same split and class. */
  readonly official: number;
  /** Number of images with official pixels under another class; 0 unless classes are numbered wrongly. */
  readonly misnumbered: number;
  /** The images in the official order, if all of them are official. */
  readonly ordered?: Pick<ReadImages, SplitName>;
}

/**
 * Looks up images by split, class and pixels, regardless of their file and order.
 *
 * Each entry of the list matches once, so duplicates in the list must be present as often (CIFAR-100 has 26 such groups).
 *
 * @throws {FailureError} OFFICIAL_LIST_DAMAGED if the list does not have an entry per image.
 * @example recognise(images, official).official; // → 60,000
 */
export function recognise(images: Pick<ReadImages, SplitName>, { list, digest }: OfficialImages): Recognised {
  const found = { train: positionsIn(images, list, "train"), test: positionsIn(images, list, "test") };
  const official = found.train.official + found.test.official;
  const misnumbered = found.train.misnumbered + found.test.misnumbered;
  if (official * entryBytes < list.length) return { official, misnumbered };
  const ordered = {
    train: inOrder(images.train, found.train.positions),
    test: inOrder(images.test, found.test.positions),
  };
  // Six bytes per image find the order; this alone proves the pixels.
  return packDigest(ordered) === digest ? { official, misnumbered, ordered } : { official: 0, misnumbered };
}

/** Finds the position of each image of a split in the official order; −1 if it is not official. */
function positionsIn(images: Pick<ReadImages, SplitName>, list: Uint8Array, split: SplitName) {
  const total = images.train.labels.length + images.test.labels.length;
  if (list.length !== total * entryBytes) {
    throw new FailureError({
      code: "OFFICIAL_LIST_DAMAGED",
      problem: `expected a list of ${total} official images, got ${list.length} bytes`,
      fix: "restore data-scripts/official-images from the repository",
    });
  }
  const { labels } = images[split];
  const take = takeEntries(list, split === "train" ? 0 : images.train.labels.length, labels.length);
  const hashes = Array.from(labels, (_, image) => pixelHash(images[split], image));
  const positions = Int32Array.from(labels, (label, image) => take(hashes[image] as string, label));
  // Last, so that an image under a wrong class takes no entry from one under the right class.
  const strangers = hashes.filter((_, image) => (positions[image] as number) < 0);
  const misnumbered = strangers.filter((pixels) => take(pixels) >= 0).length;
  return { positions, official: labels.length - strangers.length, misnumbered };
}

/** Returns a function that removes the first entry with given pixels, and optionally class, and returns its position or −1. */
function takeEntries(list: Uint8Array, from: number, count: number) {
  const entries = new Map<string, { readonly label: number; readonly position: number }[]>();
  for (let position = 0; position < count; position++) {
    const at = (from + position) * entryBytes;
    const pixels = Buffer.from(list.subarray(at + 1, at + entryBytes)).toString("hex");
    const entry = { label: list[at] as number, position };
    entries.set(pixels, [...(entries.get(pixels) ?? []), entry]);
  }
  return (pixels: string, label?: number): number => {
    const free = entries.get(pixels) ?? [];
    const index = free.findIndex((entry) => label === undefined || entry.label === label);
    return index < 0 ? -1 : (free.splice(index, 1)[0]?.position ?? -1);
  };
}

/** Reorders the images to their positions. */
function inOrder(set: ImageSet, positions: Int32Array): ImageSet {
  const pixels = new Uint8Array(set.pixels.length);
  const labels = new Int32Array(set.labels.length);
  positions.forEach((position, image) => {
    labels[position] = set.labels[image] as number;
    pixels.set(set.pixels.subarray(image * imageBytes, (image + 1) * imageBytes), position * imageBytes);
  });
  return { ...set, pixels, labels };
}
