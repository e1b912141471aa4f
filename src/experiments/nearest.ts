import { distance } from "fastest-levenshtein";

/**
 * The valid names most like a mistyped one, best first, for the remedy of an error.
 *
 * @param name - what came.
 * @param valid - names to choose from.
 * @param count - how many to return, at least 1.
 * @source Levenshtein distance; equal distances keep the order of `valid`
 * @example nearest("table-6", ["table-1", "figure-5"], 1); // → ["table-1"]
 */
export function nearest(name: string, valid: readonly string[], count = 3): string[] {
  return [...valid].sort((a, b) => distance(name, a) - distance(name, b)).slice(0, count);
}
