import { deviations } from "../../src/experiments/deviations.ts";
import { methods } from "../../src/experiments/methods/methods.ts";
import { markdownTable, withParts } from "../../src/report/markdown-page.ts";
import { describeMethod } from "./describe-method.ts";

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
