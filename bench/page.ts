import { readFileSync } from "node:fs";
import path from "node:path";
import { FailureError } from "../src/errors.ts";
import { storeFile } from "../src/storage/store-file.ts";
import type { Results } from "./results.ts";
import { readResults } from "./results-files.ts";
import { resultsTable } from "./table.ts";

/**
 * What stands between the two comments is made from the file that the first one names, relative to the page; behind it, each after a
 * bar, the titles of the groups that the page shows where it does not show all.
 */
const part = /<!-- speed: (.+?) -->\n.*?(<!-- \/speed -->)/s;

/**
 * A page with its table as the file of results says it.
 *
 * @param page - path of a Markdown file with the comments `<!-- speed: FILE -->`, or `<!-- speed: FILE | TITLE | TITLE -->`, and
 *   `<!-- /speed -->`.
 * @param file - the results; by default those that the page names.
 * @returns the whole text of the page.
 * @throws {FailureError} if the page lacks the comments, or names a group that was not measured.
 */
export function pageWithTable(page: string, file?: string): string {
  const text = readFileSync(page, "utf8");
  const [named, ...titles] = part.exec(text)?.[1]?.split(" | ") ?? [];
  if (named === undefined) {
    throw new FailureError({
      rule: `${page} must show the table between <!-- speed: FILE --> and <!-- /speed -->`,
      got: "neither",
      remedy: "put the two comments where the table shall stand",
    });
  }
  const source = file ?? path.join(path.dirname(page), named);
  const shown = path.relative(path.dirname(page), source);
  const table = resultsTable(chosen(readResults(source), titles));
  const comment = [shown, ...titles].join(" | ");
  return text.replace(part, () => `<!-- speed: ${comment} -->\n\n${table}\n<!-- /speed -->`);
}

/** Results with the groups of these titles alone, or with all where none is given. */
function chosen(results: Results, titles: readonly string[]): Results {
  if (titles.length === 0) return results;
  const measured = results.sections.flatMap(({ groups }) => groups.map(({ title }) => title));
  const missing = titles.find((title) => !measured.includes(title));
  if (missing !== undefined) {
    throw new FailureError({
      rule: "a page shows groups that were measured",
      got: `"${missing}"`,
      remedy: `name one of ${measured.map((title) => `"${title}"`).join(", ")}`,
    });
  }
  const sections = results.sections.map((section) => ({
    ...section,
    groups: section.groups.filter(({ title }) => titles.includes(title)),
  }));
  return { ...results, sections };
}

/** Puts the table of a file of results into a page. */
export async function updatePage(page: string, file: string): Promise<void> {
  await storeFile(page, pageWithTable(page, file));
}
