import path from "node:path";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { compare } from "../statistics.ts";
import { takeTurns } from "../take-turns.ts";
import type { Section } from "./section.ts";

/** How long a command takes that needs no engine. */
export const startUpSection: Section = {
  name: "start-up",
  about: "the wall time of `h2t table table-1`, which loads no engine",
  rounds: 10,
  comparesWithPyTorch: false,
  async run(processes, rounds) {
    const { execPath } = process;
    const h2t = path.join(projectFolder, "bin/h2t.js");
    return [
      {
        title: "Start-up",
        unit: "seconds",
        rows: compare(
          await takeTurns(rounds, {
            "h2t table table-1": () => processes.seconds(execPath, [h2t, "table", "table-1"]),
            "node alone, with an empty program": () => processes.seconds(execPath, ["-e", "0"]),
          }),
        ),
      },
    ];
  },
};
