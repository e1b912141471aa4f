import { readFileSync } from "node:fs";
import path from "node:path";
import { FailureError } from "../src/errors.ts";
import { storeFile } from "../src/store-file.ts";
import { readResults } from "./results-files.ts";
import { resultsTable } from "./table.ts";

/** What stands between the two comments is made from the file that the first one names, relative to the page. */
const part = /(<!-- speed: (.+?) -->\n).*?(<!-- \/speed -->)/s;

/**
 * A page with its table as the file of results says it.
 *
 * @param page - path of a Markdown file with the comments `<!-- speed: FILE -->` and `<!-- /speed -->`.
 * @param file - the results; by default those that the page names.
 * @returns the whole text of the page.
 * @throws {FailureError} if the page lacks the comments.
 */
export function pageWithTable(page: string, file?: string): string {
  const text = readFileSync(page, "utf8");
  const named = part.exec(text)?.[2];
  if (named === undefined) {
    throw new FailureError({
      rule: `${page} must show the table between <!-- speed: FILE --> and <!-- /speed -->`,
      got: "neither",
      remedy: "put the two comments where the table shall stand",
    });
  }
  const source = file ?? path.join(path.dirname(page), named);
  const shown = path.relative(path.dirname(page), source);
  const table = resultsTable(readResults(source));
  return text.replace(part, () => `<!-- speed: ${shown} -->\n\n${table}\n<!-- /speed -->`);
}

/** Puts the table of a file of results into a page. */
export async function updatePage(page: string, file: string): Promise<void> {
  await storeFile(page, pageWithTable(page, file));
}
