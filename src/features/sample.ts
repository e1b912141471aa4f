import { statSync } from "node:fs";
import type { ImageSet } from "../data/image-set.ts";
import { roundToHalf } from "../storage/safetensors/half-precision.ts";
import type { SafetensorsReader } from "../storage/safetensors/safetensors-reader.ts";

/** Computes the first batch of kept features again: the first values of each tensor, by its name. */
export type Sample = () => Readonly<Record<string, Float32Array>>;

/** How a kept value may differ from one that was just computed. */
type Agreement = (kept: number, computed: number) => boolean;

/** Of features that this machine computed: the same code gives the same bits. */
export const exactly: Agreement = Object.is;

/** Of features that another machine computed and rounded to half precision: by that rounding, and a little by the machine. */
export const nearly: Agreement = (kept, computed) =>
  Math.abs(kept - computed) <= 2 ** -9 * Math.max(Math.abs(kept), Math.abs(computed)) + 1e-4;

/** Whether a set has its images; of one whose labels alone ship with the kit, asking for a pixel fails. */
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
  const kept = reader.read(name, 0, values.length);
  return values.every((value, i) => agree(kept[i] as number, value));
}

/** Files that this process has compared, as they were: its code does not change. */
const compared = new Set<string>();

/**
 * Whether kept features are those that today's code computes, judged by their first batch.
 *
 * @param isHalf - whether what is kept was rounded to half precision.
 */
export function isOfThisCode(
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
