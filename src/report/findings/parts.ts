import { publishedFigure5 } from "../../experiments/published/figure-5.ts";
import { fusingSamplers } from "../../experiments/studies/frozen.ts";
import {
  normalisationNames,
  type ProtocolChoice,
  protocolRowId,
  startingClassifiers,
} from "../../experiments/studies/protocol.ts";
import { metrics } from "../../experiments/tables/table.ts";
import { findTable } from "../../experiments/tables/tables.ts";
import {
  dash,
  formatDifference,
  formatGain,
  formatInterval,
  formatPercent,
  formatRange,
} from "../percent.ts";
import { unitsText } from "../tables/spread.ts";
import type { Estimate, Gain, Measured } from "../tables/table-model.ts";
import { metricTitles } from "../theme.ts";
import { type FindingsPart, partOf } from "./findings-part.ts";
import { chosenEpochs, epochTitles, type Place, type Study } from "./study.ts";

type Open = Omit<ProtocolChoice, "h2t">;

/** What the paper leaves open, in every combination; the first is what its code does. */
export const openChoices: readonly Open[] = normalisationNames.flatMap((normalisation) =>
  startingClassifiers.map((startingClassifier) => ({
    dataset: "cifar10" as const,
    normalisation,
    startingClassifier,
  })),
);

export const openTitle = ({ normalisation, startingClassifier }: Open): string =>
  `${normalisation === "shift-bn" ? "shift-BN on" : "shift-BN off"}, ${startingClassifier}`;

export const drRow = (open: Open): string => protocolRowId({ ...open, h2t: null });
export const h2tRow = (open: Open, ratio = 0.3, pair: keyof typeof fusingSamplers = "bs-is"): string =>
  protocolRowId({ ...open, h2t: { pair, ratio } });

/** The spread over stage-II seeds, labelled: ` (SD II 0.12)`; nothing where an interval is shown, or where there is none. */
const detailText = ({ interval, stageTwo }: Estimate): string =>
  interval !== null || stageTwo === null ? "" : ` (SD II ${stageTwo.deviation.toFixed(2)})`;

/** `79.15`, with its interval from three stages I on: `79.15 [78.90, 79.40]`; else `79.15 (SD II 0.11)`. */
export function meanText(measured: Measured | null): string {
  if (measured === null) return dash;
  const { percent, interval } = measured;
  const range = interval === null ? "" : ` ${formatRange(interval)}`;
  return `${formatPercent(percent)}${range}${detailText(measured)}`;
}

/** `↑3.72 [+3.50, +3.94]` from three stages I on; else `↑3.72 (SD II 0.21)`. */
export function gainText(gain: Gain | null): string {
  if (gain === null) return dash;
  const interval = gain.interval === null ? "" : ` ${formatInterval(gain.interval)}`;
  return `${formatGain(gain.points)}${interval}${detailText(gain)}`;
}

/** `one stage I, five stage-II seeds`; a dash without a record. */
export const sourceText = (measured: Measured | null): string =>
  measured === null ? dash : unitsText(measured);

export const groupHeads = metrics.map((metric) => metricTitles[metric]);

/** What Table 1 prints for a method on CIFAR-10-LT at ratio 100. */
export function publishedCell(key: string): number | null {
  const { columns, methods } = findTable("table-1");
  const column = columns.findIndex(({ dataset, label }) => dataset === "cifar10" && label === "100");
  return methods.find((method) => method.key === key)?.cells[column]?.published ?? null;
}

/** The paper's cells next to ours. */
export function cellsPart({ measured }: Study): FindingsPart {
  const rows = (["ce", "ce-mixup", "dr-mu", "dr-h2t"] as const).flatMap((key) =>
    chosenEpochs.map((epoch) => {
      const numbers = metrics.map((metric) =>
        measured({ rowId: `table-1/cifar10/100/${key}`, metric, epoch }),
      );
      const published = epoch === "bestOnTest" ? publishedCell(key) : null;
      const all = numbers.at(-1)?.percent ?? null;
      return [
        ...[key, epochTitles[epoch], sourceText(numbers.at(-1) ?? null)],
        ...numbers.map(meanText),
        formatPercent(published),
        published === null || all === null ? dash : formatDifference(all - published),
      ];
    }),
  );
  return partOf(["row", "epoch", "from", ...groupHeads, "paper, all", "difference"], rows);
}

/** H2T's gain over DR, seed by seed, under each of the open choices. */
export function gainsPart({ measured }: Study): FindingsPart {
  const rows = openChoices.flatMap((open) =>
    chosenEpochs.map((epoch) => [
      ...[openTitle(open), epochTitles[epoch]],
      ...metrics.map((metric) => gainText(measured({ rowId: h2tRow(open), metric, epoch })?.gain ?? null)),
    ]),
  );
  return partOf(["stage II", "epoch", ...groupHeads], rows);
}

/**
 * The gain in two parts: what drawing a second batch does, which at p = 0 lends nothing and with shift-BN moves the statistics, and
 * what its channels add to that.
 */
export function channelsPart({ difference }: Study): FindingsPart {
  const rows = openChoices.flatMap((open) =>
    chosenEpochs.map((epoch) => {
      const at = (rowId: string): Place => ({ rowId, metric: "all", epoch });
      const [dr, none, fused] = [at(drRow(open)), at(h2tRow(open, 0)), at(h2tRow(open))];
      const gains = [difference(none, dr), difference(fused, none), difference(fused, dr)];
      return [openTitle(open), epochTitles[epoch], ...gains.map(gainText)];
    }),
  );
  const heads = ["p = 0 over DR", "p = 0.3 over p = 0", "p = 0.3 over DR"];
  return partOf(["stage II", "epoch", ...heads], rows);
}

/** Accuracy by group against p, as Figure 5 draws it. */
export function ratiosPart({ measured }: Study, open: Open): FindingsPart {
  const rows = publishedFigure5.map(({ ratio }) => [
    ratio.toFixed(1),
    ...chosenEpochs.flatMap((epoch) =>
      metrics.map((metric) => meanText(measured({ rowId: h2tRow(open, ratio), metric, epoch }))),
    ),
  ]);
  const heads = chosenEpochs.flatMap((epoch) => groupHeads.map((head) => `${head}, ${epochTitles[epoch]}`));
  return partOf(["p", ...heads], rows);
}

/** The best fusion ratio, and what is left at p = 1. */
export function optimumPart({ measured }: Study): FindingsPart {
  const rows = openChoices.flatMap((open) =>
    chosenEpochs.map((epoch) => {
      const at = (ratio: number) => measured({ rowId: h2tRow(open, ratio), metric: "all", epoch });
      const points = publishedFigure5.map(({ ratio }) => ({ ratio, all: at(ratio)?.percent ?? null }));
      const best = points.reduce<(typeof points)[number] | null>(
        (most, point) => (point.all !== null && point.all > (most?.all ?? -1) ? point : most),
        null,
      );
      return [
        ...[openTitle(open), epochTitles[epoch]],
        best === null ? dash : best.ratio.toFixed(1),
        ...[best === null ? null : at(best.ratio), at(0), at(0.3), at(1)].map(meanText),
      ];
    }),
  );
  const heads = ["best p", "all there", "p = 0", "p = 0.3", "p = 1"];
  return partOf(["stage II", "epoch", ...heads], rows);
}

/** Which batch lends the channels. */
export function samplersPart({ measured }: Study): FindingsPart {
  const pairs = Object.keys(fusingSamplers) as (keyof typeof fusingSamplers)[];
  const rows = openChoices.flatMap((open) =>
    pairs.map((pair) => [
      ...[openTitle(open), pair.toUpperCase().replace("-", "+")],
      ...chosenEpochs.flatMap((epoch) => {
        const all = measured({ rowId: h2tRow(open, 0.3, pair), metric: "all", epoch });
        return [meanText(all), gainText(all?.gain ?? null)];
      }),
    ]),
  );
  const heads = chosenEpochs.flatMap((epoch) => [`all, ${epochTitles[epoch]}`, "over DR"]);
  return partOf(["stage II", "fused + fusing", ...heads], rows);
}

/** How much each choice of the protocol moves accuracy over all classes. */
export function protocolPart({ measured, difference }: Study): FindingsPart {
  const [code, redrawn, kept] = openChoices as readonly [Open, Open, Open, Open];
  const all = (rowId: string, epoch: Place["epoch"] = "bestOnTest"): Place => ({
    rowId,
    metric: "all",
    epoch,
  });
  const both = (text: (row: (open: Open) => string) => string) => [text(drRow), text((open) => h2tRow(open))];
  const rows = [
    [
      "best epoch on the test set, over the last one",
      ...both((row) => gainText(difference(all(row(code)), all(row(code), "last")))),
    ],
    ["shift-BN on, over off", ...both((row) => gainText(difference(all(row(code)), all(row(kept)))))],
    [
      "classifier fine-tuned, over re-initialised",
      ...both((row) => gainText(difference(all(row(code)), all(row(redrawn))))),
    ],
    [
      "one seed in place of the mean of all: from the worst to the best",
      ...both((row) => {
        const percents = measured(all(row(code)))?.runs.flatMap(({ percent }) => percent ?? []) ?? [];
        return percents.length === 0 ? dash : (Math.max(...percents) - Math.min(...percents)).toFixed(2);
      }),
    ],
  ];
  return partOf(["what differs", "DR", "DR+H2T, p = 0.3"], rows);
}
