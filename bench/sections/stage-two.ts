import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Processes } from "../processes.ts";
import type { Group, Row } from "../results.ts";
import { compare, quantile } from "../statistics.ts";
import type { Measures } from "../worker.ts";
import { officialStageTwo, type Runs } from "./official-stage-two.ts";
import type { Section } from "./section.ts";

/** Points of Figure 5, of which p = 0.3 is a row of Table 5, too; the other fused rows of Table 5. */
const [points, otherFused] = [11, 2];

const median = (values: readonly number[]) => quantile(values, 0.5);
const extrapolated = (rows: Row[]): Row[] => rows.map((row) => ({ ...row, isExtrapolated: true }));

/** The whole of Figure 5, and of Table 5 with it, when every run computes its features again. */
const allRuns = ({ fused, unfused }: Runs) => ({
  figure: points * fused,
  both: (points + otherFused) * fused + unfused,
});

/** The kit with shift-BN as published: in `folder` every branch is computed by the first row that draws it. */
async function shifted(ask: (row: string, recompute?: boolean) => Promise<Measures>) {
  const recomputed = await ask("figure-5/0.3", true);
  const first = await ask("figure-5/0.0");
  const unfused = await ask("table-5/dr", true);
  const fusedStored = await ask("table-5/dr");
  const otherFusing = await ask("table-5/bs-rs");
  const replays = [];
  for (const row of ["figure-5/0.1", "figure-5/0.5", "figure-5/1.0"]) replays.push(await ask(row));
  const replay = median(replays.map(({ seconds }) => seconds));
  const figure = first.seconds + (points - 1) * replay;
  return {
    recomputed: allRuns({ fused: recomputed.seconds, unfused: unfused.seconds }),
    figure,
    both: figure + otherFused * otherFusing.seconds + fusedStored.seconds,
    epoch: {
      recomputed: recomputed.epochSeconds ?? 0,
      kept: first.epochSeconds ?? 0,
      replayed: median(replays.map(({ epochSeconds = 0 }) => epochSeconds)),
    },
  };
}

/** The kit with shift-BN off: four views of each image serve every row. */
async function still(ask: (row: string, recompute?: boolean) => Promise<Measures>) {
  const fused = (await ask("figure-5/0.3", true)).seconds;
  const unfused = (await ask("table-5/dr", true)).seconds;
  const first = (await ask("figure-5/0.0")).seconds;
  const replay = median([(await ask("figure-5/0.5")).seconds, (await ask("table-5/bs-rs")).seconds]);
  return { recomputed: allRuns({ fused, unfused }), both: first + (points + otherFused) * replay };
}

async function measure(processes: Processes, folder: string) {
  const kit = processes.kit();
  const asking =
    (views: number | null) =>
    (row: string, recompute = false) =>
      kit.ask("stage-two-run", { row, folder, recompute, views });
  const on = await shifted(asking(null));
  const off = await still(asking(4));
  const official = await officialStageTwo(processes);
  await processes.end();
  return { on, off, pytorch: official && allRuns(official) };
}

type Round = Awaited<ReturnType<typeof measure>>;

/** One group: the replayed whole first, which the others are compared with. */
function whole(
  title: string,
  rounds: readonly Round[],
  of: Record<string, (round: Round) => number | undefined>,
): Group {
  const rows = Object.entries(of).flatMap(([name, pick]) => {
    const values = rounds.map(pick).filter((value) => value !== undefined);
    return values.length === rounds.length ? [[name, values] as const] : [];
  });
  return { title, unit: "seconds", rows: extrapolated(compare(Object.fromEntries(rows))) };
}

/** Stage II recomputed, as the official procedure has it, and replayed from the feature bank. */
export const stageTwoSection: Section = {
  name: "stage-two",
  about: "stage II recomputed and replayed; Figure 5 and Table 5 as a whole, beside the official procedure",
  rounds: 1,
  comparesWithPyTorch: true,
  async run(processes, count) {
    const rounds: Round[] = [];
    for (let round = 0; round < count; round++) {
      const folder = await mkdtemp(path.join(tmpdir(), "h2t-bench-"));
      const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      // An interruption ends this process at once.
      process.once("exit", remove);
      rounds.push(await measure(processes, folder).finally(remove));
    }
    const epoch = (pick: (of: Round["on"]["epoch"]) => number) => rounds.map(({ on }) => pick(on.epoch));
    return [
      {
        title: "Stage II of DR+H2T, an epoch with its evaluation",
        unit: "seconds",
        rows: compare({
          "features replayed": epoch(({ replayed }) => replayed),
          "features computed in every step": epoch(({ recomputed }) => recomputed),
          "features computed and kept": epoch(({ kept }) => kept),
        }),
      },
      whole("Figure 5, eleven runs from one stage I", rounds, {
        "h2t-kit, features computed once": ({ on }) => on.figure,
        "h2t-kit, features computed in every run": ({ on }) => on.recomputed.figure,
        "official procedure, PyTorch, eager": ({ pytorch }) => pytorch?.figure,
      }),
      whole("Table 5 and Figure 5, fourteen runs from one stage I", rounds, {
        "h2t-kit, features computed once a branch": ({ on }) => on.both,
        "h2t-kit, features computed in every run": ({ on }) => on.recomputed.both,
        "official procedure, PyTorch, eager": ({ pytorch }) => pytorch?.both,
      }),
      whole("Table 5 and Figure 5, fourteen runs from one stage I, shift-BN off", rounds, {
        "h2t-kit, four views of each image computed once": ({ off }) => off.both,
        "h2t-kit, features computed in every run": ({ off }) => off.recomputed.both,
      }),
    ];
  },
};
