import { buildDist } from "#bin/build-dist";
import { isDistFresh } from "#bin/dist";
import { FailureError } from "../errors.ts";
import type { Step } from "./step.ts";

export { isDistFresh };

/** The kit as JavaScript and type declarations, which `h2t`, kernels and notebooks run. */
export function distStep(folder: string): Step {
  return {
    name: "dist/",
    expectation: "about 10 s",
    isDone: () => isDistFresh(folder),
    run() {
      try {
        buildDist(folder);
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "DIST_NOT_BUILT")) throw error;
        const fix = "fix that line and rerun npm run setup";
        throw new FailureError({ code: "DIST_NOT_BUILT", problem: error.message, fix }, { cause: error });
      }
    },
  };
}
