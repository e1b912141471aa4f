import { FailureError } from "../errors.ts";

const line = (cells: readonly string[]) =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

/** A table in Markdown. */
export const markdownTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");

/**
 * A page whose parts stand between two comments with their name: `<!-- recipes -->` … `<!-- /recipes -->`.
 *
 * @param text - Markdown.
 * @param parts - what shall stand there, by name.
 * @throws {FailureError} if the page lacks a part's comments.
 */
export function withParts(text: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((page, [name, part]) => {
    const between = new RegExp(`(<!-- ${name} -->\\n).*?(<!-- /${name} -->)`, "s");
    if (between.test(page)) return page.replace(between, (_, open, close) => `${open}\n${part}\n\n${close}`);
    throw new FailureError({
      rule: `the page must show a table between <!-- ${name} --> and <!-- /${name} -->`,
      got: "neither",
      remedy: "put the two comments where the table shall stand",
    });
  }, text);
}
