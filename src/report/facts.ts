import { escapeHtml } from "./escape-html.ts";

/** What each is called, and what it is; of numbers two decimals are shown. */
export type Facts = Readonly<Record<string, string | number>>;

const numbers = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const textOf = (fact: string | number) => (typeof fact === "number" ? numbers.format(fact) : fact);

/**
 * Facts as a table of two columns, in HTML.
 *
 * @param facts - a line each.
 */
export const factsToHtml = (facts: Facts): string =>
  `<table class="h2t-facts"><tbody>
${Object.entries(facts)
  .map(
    ([name, fact]) =>
      `<tr><th scope="row" style="text-align: left">${escapeHtml(name)}</th><td style="text-align: left">${escapeHtml(textOf(fact))}</td></tr>`,
  )
  .join("\n")}
</tbody></table>
`;

/** The same as lines of text. */
export const factsToText = (facts: Facts): string =>
  Object.entries(facts)
    .map(([name, fact]) => `${name}: ${textOf(fact)}`)
    .join("\n");
