import { lstatSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Step } from "./step.ts";

/**
 * `node_modules/h2t-kit`, a relative link to the project itself.
 *
 * Node resolves a package from inside itself, but the compiler in tslab looks in `node_modules` only.
 */
export function ownPackageStep(folder: string): Step {
  const link = join(folder, "node_modules/h2t-kit");
  return {
    name: "package link",
    isDone: () =>
      lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() === true && readlinkSync(link) === "..",
    run() {
      rmSync(link, { recursive: true, force: true });
      symlinkSync("..", link);
    },
  };
}
