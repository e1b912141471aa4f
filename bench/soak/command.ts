import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { seed, wholeFromOne } from "../../src/cli/option-values.ts";
import { wrongUsage } from "../../src/cli/wrong-usage.ts";
import { killRuns } from "./kill-runs.ts";
import { killLine, killSummary } from "./kill-summary.ts";
import { longRun } from "./long-run.ts";
import { findingsOf, longRunSummary, rowLine } from "./long-run-summary.ts";
import { signalRuns } from "./signal-runs.ts";
import { answerLine, answerSummary } from "./signal-summary.ts";

/** What the command line says to whom, and whether all was as it must be. */
type Tell = (text: string) => void;

/** A folder for a soak, which goes away if all was well. */
async function inFolder(tell: Tell, work: (folder: string) => Promise<boolean>): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), "h2t-soak-"));
  tell(`in ${folder}\n`);
  const isWell = await work(folder);
  if (isWell) await rm(folder, { recursive: true });
  return isWell;
}

const count = (option: string, example: number) => wholeFromOne(option, `use ${example}, for example`);

/** The command line of the soaks; `onEnd` is told whether all was as it must be. */
export function soakCommand(tell: Tell, onEnd: (isWell: boolean) => void): Command {
  const command = new Command("npm run soak --").description(
    "See whether runs survive what machines do to them. Exits 1 if one does not.",
  );
  command
    .command("kills")
    .description(
      "kill `h2t run` at random moments of data packing, epochs and writes; each time, going on must end as if nothing had happened",
    )
    .option("--kills <n>", "how many", count("--kills", 40), 40)
    .option("--seed <n>", "of the moments", seed, 0)
    .action(async (options: { kills: number; seed: number }) => {
      const isWell = await inFolder(tell, async (folder) => {
        const killed = await killRuns(folder, options, (one, number) => tell(killLine(one, number)));
        tell(killSummary(killed));
        return killed.every(({ different }) => different.length === 0);
      });
      onEnd(isWell);
    });
  command
    .command("signals")
    .description(
      "interrupt data packing, a download, training in one process and side by side, and an analysis by SIGINT and SIGTERM at random moments; each time `h2t` must end within 5 seconds, with 130, and say how to go on",
    )
    .option("--signals <n>", "how many", count("--signals", 20), 20)
    .option("--seed <n>", "of the moments", seed, 0)
    .action(async (options: { signals: number; seed: number }) => {
      const isWell = await inFolder(tell, async (folder) => {
        const answers = await signalRuns(folder, options, (one, number) => tell(answerLine(one, number)));
        tell(answerSummary(answers));
        return answers.every((answer) => answer.isWell);
      });
      onEnd(isWell);
    });
  command
    .command("memory")
    .description(
      "train and evaluate in one process for a long time: memory must grow by less than 1 MB a minute after the first five, handles not at all, and accuracies must be those of the kept weights",
    )
    .option("--minutes <n>", "how long", count("--minutes", 30), 30)
    .action(async ({ minutes }: { minutes: number }) => {
      const isWell = await inFolder(tell, async (folder) => {
        const run = await longRun(folder, minutes, (row, sample) => tell(rowLine(row, sample)));
        tell(longRunSummary(run));
        return findingsOf(run).isWell;
      });
      onEnd(isWell);
    });
  for (const one of [command, ...command.commands]) {
    one.configureOutput({ outputError: () => {} }).exitOverride((error) => {
      throw error.exitCode === 0 ? error : wrongUsage(error, one);
    });
  }
  return command;
}
