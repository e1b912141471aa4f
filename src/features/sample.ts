import { statSync } from "node:fs";
import type { ImageSet } from "../data/image-set.ts";
import { roundToHalf } from "../storage/safetensors/half-precision.ts";
import type { SafetensorsReader } from "../storage/safetensors/safetensors-reader.ts";

/** Recomputes the first batch of cached features; returns the first values of each tensor, by name. */
export type Sample = () => Readonly<Record<string, Float32Array>>;

/** Decides whether a cached and a recomputed value agree. */
type Agreement = (cached: number, computed: number) => boolean;

/** Requires equal bits, for features that this machine computed. */
export const exactly: Agreement = Object.is;

/** Allows for half-precision rounding and small machine differences, for features that another machine computed. */
export const nearly: Agreement = (cached, computed) =>
  Math.abs(cached - computed) <= 2 ** -9 * Math.max(Math.abs(cached), Math.abs(computed)) + 1e-4;

/** Whether a set contains images. Some sets ship only with labels, and reading their pixels fails. */
export const hasImages = (set: ImageSet): boolean =>
  Object.getOwnPropertyDescriptor(set, "pixels")?.value !== undefined;

function startsWith(
  reader: SafetensorsReader,
  name: string,
  values: Float32Array,
  agree: Agreement,
): boolean {
  const size = (reader.shape(name) ?? []).reduce((product, length) => product * length, 1);
  if (reader.shape(name) === undefined || size < values.length) return false;
  const cached = reader.read(name, 0, values.length);
  return values.every((value, i) => agree(cached[i] as number, value));
}

/** File versions that this process has already compared; its code does not change. */
const compared = new Set<string>();

/**
 * Whether the first batch of cached features matches the output of current code.
 *
 * @param isHalf - whether the cached features are rounded to half precision.
 */
export function matchesCurrentCode(
  file: string,
  reader: SafetensorsReader,
  sample: Sample,
  { isHalf, agree }: { readonly isHalf: boolean; readonly agree: Agreement },
): boolean {
  const { ino, size, mtimeMs } = statSync(file);
  const mark = [file, ino, size, mtimeMs].join(" ");
  if (compared.has(mark)) return true;
  const computed = Object.entries(sample());
  const isEqual = computed.every(([name, values]) =>
    startsWith(reader, name, isHalf ? roundToHalf(values) : values, agree),
  );
  if (isEqual) compared.add(mark);
  return isEqual;
}
