import type { Analysis } from "../../src/analysis/analysis.ts";
import { againstCePart } from "../../src/report/findings/against-ce.ts";
import type { FindingsPart } from "../../src/report/findings/findings-part.ts";
import { forcesPart } from "../../src/report/findings/forces.ts";
import {
  cellsPart,
  channelsPart,
  gainsPart,
  openChoices,
  openTitle,
  optimumPart,
  protocolPart,
  ratiosPart,
  samplersPart,
} from "../../src/report/findings/parts.ts";
import { studyOf } from "../../src/report/findings/study.ts";
import { tauSweepPart } from "../../src/report/findings/tau-sweep.ts";
import { markdownTable, withParts } from "../../src/report/markdown-page.ts";
import type { StoredRecord } from "../../src/runs/records.ts";
import { headlinePart } from "./headline.ts";

const markdownOf = ({ heads, rows }: FindingsPart): string => markdownTable(heads, rows);

/**
 * The page on what was found with its tables as the shipped records of the profile `paper`, and their analyses, say them.
 *
 * @param text - Markdown with a pair of comments for each table.
 * @param records - as `readRecords` returns them.
 * @param analyses - as `readAnalyses` returns them.
 * @throws {FailureError} if the page lacks comments.
 */
export function withFindings(
  text: string,
  records: readonly StoredRecord[],
  analyses: readonly Analysis[],
): string {
  const study = studyOf(records, "paper");
  const ratios = openChoices.map((open) => `${openTitle(open)}:\n\n${markdownOf(ratiosPart(study, open))}`);
  return withParts(text, {
    cells: markdownOf(cellsPart(study)),
    "against-ce": markdownOf(againstCePart(study)),
    tau: markdownOf(tauSweepPart(study)),
    gains: markdownOf(gainsPart(study)),
    channels: markdownOf(channelsPart(study)),
    ratios: ratios.join("\n\n"),
    optimum: markdownOf(optimumPart(study)),
    samplers: markdownOf(samplersPart(study)),
    forces: markdownOf(forcesPart(study, analyses)),
    protocol: markdownOf(protocolPart(study)),
  });
}

/**
 * The README with its first numbers as the shipped records of the profile `paper` say them.
 *
 * @param text - Markdown with the comments for `headline`.
 * @param records - as `readRecords` returns them.
 * @throws {FailureError} if it lacks the comments.
 */
export const withHeadline = (text: string, records: readonly StoredRecord[]): string =>
  withParts(text, { headline: markdownOf(headlinePart(studyOf(records, "paper"))) });
