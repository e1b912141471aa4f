import type { StoredRecord } from "../../runs/records.ts";
import { escapeHtml } from "../escape-html.ts";
import { againstCePart } from "../findings/against-ce.ts";
import type { FindingsPart } from "../findings/findings-part.ts";
import { channelsPart, gainsPart, optimumPart, protocolPart, samplersPart } from "../findings/parts.ts";
import { type Study, studyOf } from "../findings/study.ts";
import { dash } from "../percent.ts";

/** A question with the table that answers it. */
interface Question {
  readonly heading: string;
  readonly text: string;
  readonly part: (study: Study) => FindingsPart;
}

const questions: readonly Question[] = [
  {
    heading: "Does fusion help under every choice of the protocol?",
    text: "Gain of DR+H2T at p = 0.3 over DR, paired by seed.",
    part: gainsPart,
  },
  {
    heading: "What is due to the second batch, and what to its channels?",
    text: "At p = 0 the second batch replaces no channel, but it moves batch norm's statistics when shift-BN is on.",
    part: channelsPart,
  },
  {
    heading: "Which fusion ratio is best?",
    text: "Accuracy over all classes. At p = 1 labels and features come from different images.",
    part: optimumPart,
  },
  {
    heading: "Which batch should the channels come from?",
    text: "Accuracy over all classes at p = 0.3, and the gain over DR.",
    part: samplersPart,
  },
  {
    heading: "How do all rows compare with plain CE?",
    text: "Difference to plain CE in percentage points, best epoch on the test set; the paper's numbers treated alike.",
    part: againstCePart,
  },
  {
    heading: "How much is protocol?",
    text: "Difference in accuracy over all classes that each choice makes.",
    part: protocolPart,
  },
];

const isFilled = (row: readonly string[]) => row.some((text) => /^[↑↓+−±\d]/.test(text) && text !== dash);

/** The lines of a part that have a number; `null` where none has. */
function filled({ heads, rows }: FindingsPart): FindingsPart | null {
  // The first column names the line.
  const own = rows.filter(([, ...cells]) => isFilled(cells));
  return own.length === 0 ? null : { heads, rows: own };
}

function tableOf({ heads, rows }: FindingsPart, label: string): string {
  const body = rows.map(
    ([first = "", ...cells]) =>
      `<tr><th scope="row">${escapeHtml(first)}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`,
  );
  return `<div class="scroll" role="region" aria-label="${escapeHtml(label)}" tabindex="0"><table>
<thead><tr>${heads.map((head) => `<th scope="col">${escapeHtml(head)}</th>`).join("")}</tr></thead>
<tbody>${body.join("\n")}</tbody></table></div>`;
}

/**
 * What the shipped records of profile paper say beyond the paper's tables, question by question; empty where they say nothing.
 *
 * @param records - as `readRecords` returns them.
 */
export function findingsSection(records: readonly StoredRecord[]): string {
  const study = studyOf(records, "paper");
  const answered = questions.flatMap(({ heading, text, part }) => {
    const own = filled(part(study));
    return own === null ? [] : [{ heading, text, part: own }];
  });
  if (answered.length === 0) return "";
  const blocks = answered.map(
    (
      { heading, text, part },
      i,
    ) => `<details${i === 0 ? " open" : ""}><summary>${escapeHtml(heading)}</summary>
<p>${escapeHtml(text)}</p>
${tableOf(part, heading)}</details>`,
  );
  return `<section id="findings" aria-labelledby="findings-heading">
<h2 id="findings-heading">Findings</h2>
<p>From the shipped records of profile paper on CIFAR-10-LT at imbalance ratio 100. SD II is the standard deviation over stage-II seeds of one stage I; square brackets hold a 95 % interval, which needs three stages I. The file <code>docs/findings.md</code> discusses these tables.</p>
${blocks.join("\n")}
</section>`;
}
