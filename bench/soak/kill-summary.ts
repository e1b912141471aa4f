import { works } from "./kill-moment.ts";
import type { Killed } from "./kill-runs.ts";

const describe = ({ when }: Killed) => (typeof when === "object" ? `${when.milliseconds} ms after` : when);

/** What a kill met and left, in a line. */
export function killLine(killed: Killed, number: number): string {
  const { work, last, different } = killed;
  const end = different.length === 0 ? "ended as if nothing had happened" : `other: ${different.join(", ")}`;
  return `${number}. ${work}: ${describe(killed)} \`${last}\`; ${end}\n`;
}

/** How many kills met each work, and how many ended well. */
export function killSummary(killed: readonly Killed[]): string {
  const lines = Object.keys(works).map((work) => {
    const there = killed.filter((one) => one.work === work);
    return `| ${work} | ${there.length} | ${there.filter(({ different }) => different.length === 0).length} |\n`;
  });
  return `\n| killed during | kills | ended bit for bit as an uninterrupted run |\n| :-- | --: | --: |\n${lines.join("")}`;
}
