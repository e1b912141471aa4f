import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./run-command.ts";
import { digestFiles, isStamped, writeStamp } from "./stamp.ts";
import type { Step } from "./step.ts";

const stampName = ".h2t-kit-stamp";

/** Whether `dist/` was made from the present sources. */
export function isDistFresh(folder: string): boolean {
  return isStamped(join(folder, "dist", stampName), sourceDigest(folder));
}

/** The package as JavaScript and type declarations, which notebooks import. */
export function distStep(folder: string): Step {
  return {
    name: "dist/",
    expectation: "about 10 s",
    isDone: () => isDistFresh(folder),
    run() {
      const digest = sourceDigest(folder);
      const unfinished = join(folder, "node_modules/.cache/h2t-kit/dist");
      rmSync(unfinished, { recursive: true, force: true });
      runCommand(
        {
          program: process.execPath,
          // Not node_modules/.bin/tsc: that is the older compiler of tslab.
          args: ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json", "--outDir", unfinished],
          rule: "set-up compiles src/ to dist/",
          remedy: "mend that line and repeat: npm run setup",
        },
        folder,
      );
      writeStamp(join(unfinished, stampName), digest);
      rmSync(join(folder, "dist"), { recursive: true, force: true });
      renameSync(unfinished, join(folder, "dist"));
    },
  };
}

const sourceDigest = (folder: string) => digestFiles(folder, ["src", "tsconfig.json", "tsconfig.build.json"]);
