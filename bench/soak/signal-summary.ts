import { quantile } from "../statistics.ts";
import { type Answer, mostSeconds } from "./interrupt.ts";

/** How a process answered a signal, in a line. */
export function answerLine(
  { work, signal, afterSeconds, seconds, status, lastLine, isWell }: Answer,
  number: number,
): string {
  const fault = isWell ? "" : `; NOT as it must: "${lastLine}"`;
  return `${number}. ${signal} after ${afterSeconds.toFixed(1)} s of ${work}: ended with ${status} in ${seconds.toFixed(2)} s${fault}\n`;
}

/** How long all took, and how many were as they must be. */
export function answerSummary(answers: readonly Answer[]): string {
  const seconds = answers.map((answer) => answer.seconds);
  const well = answers.filter(({ isWell }) => isWell).length;
  return `\n${well} of ${answers.length} ended with 130 within ${mostSeconds} s and said how to go on; median ${quantile(seconds, 0.5).toFixed(2)} s, longest ${Math.max(...seconds).toFixed(2)} s\n`;
}
