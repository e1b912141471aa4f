import { formatDecimals } from "../format-decimals.ts";
import type { Estimate } from "./table-model.ts";

const words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"] as const;

/** `five`, or `12` from eleven on. */
export const countWord = (n: number): string => words[n] ?? String(n);

/** `one stage I`, `three stages I`. */
export const stageOnesText = (n: number): string => `${countWord(n)} ${n === 1 ? "stage" : "stages"} I`;

/** `five stage-II seeds`. */
const stageTwoSeedsText = (n: number): string => `${countWord(n)} stage-II ${n === 1 ? "seed" : "seeds"}`;

/**
 * The spread over stage-II seeds with its label, which says nothing about another stage I; `null` where there is none.
 *
 * @example stageTwoText(measured); // → "standard deviation over five stage-II seeds 0.12"
 */
const stageTwoText = ({ stageTwo }: Pick<Estimate, "stageTwo">): string | null =>
  stageTwo && `standard deviation over ${stageTwoSeedsText(stageTwo.seeds)} ${stageTwo.deviation.toFixed(2)}`;

/** What a mean is over: `one stage I, five stage-II seeds`. */
export function unitsText({ stageOnes, stageTwo }: Pick<Estimate, "stageOnes" | "stageTwo">): string {
  const seeds = stageTwo === null ? "" : `, ${stageTwoSeedsText(stageTwo.seeds)}`;
  return `${stageOnesText(stageOnes.length)}${seeds}${stageTwo && stageOnes.length > 1 ? " each" : ""}`;
}

/** How sure a mean is, in words: `one stage I; standard deviation over five stage-II seeds 0.12`. */
export function spreadText(estimate: Pick<Estimate, "stageOnes" | "stageTwo">): string {
  const detail = stageTwoText(estimate);
  const stages = stageOnesText(estimate.stageOnes.length);
  return detail === null ? stages : `${stages}; ${detail}`;
}

/** The individual points, one per stage-I seed: `77.10, 77.30, 77.47 from stage I of seeds 0, 1, 2`. */
export function pointsText({ stageOnes }: Pick<Estimate, "stageOnes">): string {
  const values = stageOnes.map(({ mean }) => formatDecimals(mean, 2)).join(", ");
  const seeds = stageOnes.map(({ seed }) => seed).join(", ");
  return `${values} from stage I of ${stageOnes.length === 1 ? "seed" : "seeds"} ${seeds}`;
}
