import { ts } from "./typescript.ts";

const directive = /^\/\/\/?\s*(?:@ts-(?:no)?check\b|<)|@jsx/;
const jsxPragma = /@jsx/;

const leadingComments = (text: string) =>
  (ts.getLeadingCommentRanges(text, 0) ?? []).map(({ pos, end }) => ({ end, text: text.slice(pos, end) }));

/**
 * The beginning of a cell up to its last directive, such as `// @ts-nocheck`; empty if it has none. The compiler obeys directives
 * only if nothing but comments is before them.
 */
export function directivesOf(text: string): string {
  const last = leadingComments(text).findLast((comment) => directive.test(comment.text));
  return last ? `${text.slice(0, last.end)}\n` : "";
}

/** What a cell says of its JSX, in one line. */
export const jsxPragmasOf = (text: string): string =>
  leadingComments(text)
    .filter((comment) => jsxPragma.test(comment.text))
    .map((comment) => comment.text.replaceAll("\n", " "))
    .join(" ");
