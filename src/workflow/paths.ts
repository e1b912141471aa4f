import path from "node:path";
import { variable } from "../setup/environment.ts";
import { projectFolder } from "../setup/project-folder.ts";

/** The kit's folders, wherever it is called from. */
export const paths = {
  /** Packed data sets. */
  data: path.join(projectFolder, "data"),
  /** Your runs: a folder each; elsewhere where the variable H2T_RUNS says so. */
  runs: path.resolve(projectFolder, variable("H2T_RUNS") ?? "runs"),
  /** Shipped records. */
  results: path.join(projectFolder, "results"),
  /** The report page. */
  report: path.join(projectFolder, "report"),
} as const;
