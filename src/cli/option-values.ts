import path from "node:path";
import { UsageError } from "../errors.ts";
import { nearest } from "../experiments/nearest.ts";

/** Reads an argument or option that must be one of a few names; a stray one is answered with the nearest. */
export const oneOf =
  <Name extends string>(what: string, valid: readonly Name[]) =>
  (given: string): Name => {
    const found = valid.find((name) => name === given);
    if (found !== undefined) return found;
    throw new UsageError({
      rule: `${what} must be one of ${valid.join(", ")}`,
      got: `"${given}"`,
      remedy: `did you mean ${nearest(given, valid, 1)[0]}?`,
    });
  };

/** Reads an option that must be a number; its range is the business of whoever uses it. */
export const number =
  (what: string, example: number) =>
  (given: string): number => {
    const value = Number(given);
    if (given.trim() !== "" && Number.isFinite(value)) return value;
    throw new UsageError({
      rule: `${what} must be a number`,
      got: `"${given}"`,
      remedy: `use ${example}, for example`,
    });
  };

/** Reads an option that must be a seed: a whole number from 0. */
export function seed(given: string): number {
  if (/^\d+$/.test(given) && Number.isSafeInteger(Number(given))) return Number(given);
  throw new UsageError({
    rule: "a seed must be a whole number from 0",
    got: `"${given}"`,
    remedy: "use 0, for example",
  });
}

/** Reads an option that must be a whole number from 1. */
export const wholeFromOne =
  (what: string, remedy: string) =>
  (given: string): number => {
    if (/^[1-9]\d*$/.test(given) && Number.isSafeInteger(Number(given))) return Number(given);
    throw new UsageError({ rule: `${what} must be a whole number from 1`, got: `"${given}"`, remedy });
  };

/** Reads an option that must be a number of processes. */
export const jobs = wholeFromOne("--jobs", "use 1 to train one row after another, with all threads");

/** Reads an option that must be seeds with commas between them; each counts once. */
export const seeds = (given: string): number[] => [...new Set(given.split(",").map(seed))];

/** Reads an option that names a folder, relative to where the command was typed. */
export const folder = (given: string): string => path.resolve(given);
