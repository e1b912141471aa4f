import { FailureError } from "../errors.ts";
import { deviations } from "./deviations.ts";
import { describeMethod } from "./methods/describe-method.ts";
import { methods } from "./methods/methods.ts";

const line = (cells: readonly string[]) =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");

/** What stands between two comments of the page, by their name. */
const parts = {
  recipes: () =>
    table(
      ["row", "stage I", "stage II"],
      methods.map((method) => {
        const { stageOne, stageTwo } = describeMethod(method, methods);
        return [method.label, stageOne, stageTwo];
      }),
    ),
  deviations: () =>
    table(
      ["rows", "topic", "paper and its code", "this kit"],
      deviations.map(({ rows, topic, paper, kit }) => [rows, topic, paper, kit]),
    ),
} as const;

/**
 * The page on methods with its tables as the methods' values say them.
 *
 * @param text - Markdown with `<!-- recipes -->` … `<!-- /recipes -->`, and the same for `deviations`.
 * @throws {FailureError} if the page lacks the comments.
 */
export function withMethodTables(text: string): string {
  return Object.entries(parts).reduce((page, [name, make]) => {
    const between = new RegExp(`(<!-- ${name} -->\\n).*?(<!-- /${name} -->)`, "s");
    if (between.test(page))
      return page.replace(between, (_, open, close) => `${open}\n${make()}\n\n${close}`);
    throw new FailureError({
      rule: `the page must show a table between <!-- ${name} --> and <!-- /${name} -->`,
      got: "neither",
      remedy: "put the two comments where the table shall stand",
    });
  }, text);
}
