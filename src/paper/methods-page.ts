import { markdownTable, withParts } from "../markdown-page.ts";
import { deviations } from "./deviations.ts";
import { describeMethod } from "./methods/describe-method.ts";
import { methods } from "./methods/methods.ts";

const recipes = () =>
  methods.map((method) => {
    const { stageOne, stageTwo } = describeMethod(method, methods);
    return [method.label, stageOne, stageTwo];
  });

/**
 * The page on methods with its tables as the methods' values say them.
 *
 * @param text - Markdown with `<!-- recipes -->` … `<!-- /recipes -->`, and the same for `deviations`.
 * @throws {FailureError} if the page lacks the comments.
 */
export const withMethodTables = (text: string): string =>
  withParts(text, {
    recipes: markdownTable(["row", "stage I", "stage II"], recipes()),
    deviations: markdownTable(
      ["rows", "topic", "paper and its code", "this kit"],
      deviations.map(({ rows, topic, paper, kit }) => [rows, topic, paper, kit]),
    ),
  });
