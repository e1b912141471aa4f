import { UsageError } from "../errors.ts";
import type { Experiment, Profile } from "../experiments/experiment.ts";
import { nearest } from "../experiments/nearest.ts";
import { experiments, findExperiment } from "../experiments/rows/experiments.ts";
import { settingOf } from "../experiments/rows/stand-in.ts";

/**
 * The rows that names stand for, each once, in the order of the names.
 *
 * @param names - a row's id, or the beginning of several up to a slash: `table-5`, `table-1/cifar10/100`; with `@` and a
 *   stand-in where wanted.
 * @param profile - `demo` puts a row on its stand-in unless the name says another.
 * @throws {UsageError} if a name stands for nothing; the nearest names are in the message.
 * @example rowsNamed(["table-5"], "demo")[4]?.id; // → "table-5/bs-is@glyphs-10"
 */
export function rowsNamed(names: readonly string[], profile: Profile): Experiment[] {
  const rows = names.flatMap((name) => {
    const [beginning = "", given] = name.split(/@(.*)/s);
    const standIn = given ?? settingOf(profile).standIn;
    return idsUnder(beginning).map((id) => findExperiment(standIn === undefined ? id : `${id}@${standIn}`));
  });
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

/**
 * The ids of the rows that a name stands for.
 *
 * @param beginning - a row's id, or the beginning of several up to a slash; without a stand-in.
 * @throws {UsageError} if there is none; the nearest names are in the message.
 */
export function idsUnder(beginning: string): string[] {
  const ids = experiments().map(({ id }) => id);
  const found = ids.filter((id) => id === beginning || id.startsWith(`${beginning}/`));
  if (found.length > 0) return found;
  const valid = new Set(
    ids.flatMap((id) => id.split("/").map((_, i, parts) => parts.slice(0, i + 1).join("/"))),
  );
  throw new UsageError({
    rule: "ROW must be a row that the kit can run, or the beginning of several",
    got: `"${beginning}"`,
    remedy: `did you mean ${nearest(beginning, [...valid])
      .map((name) => `"${name}"`)
      .join(", ")}? \`h2t list\` shows them all`,
  });
}
