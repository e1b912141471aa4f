import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../../src/setup/project-folder.ts";
import type { Comparison } from "./kernels.ts";
import { comparisonTable } from "./table.ts";

export const page = join(projectFolder, "docs/kernel.md");

/** What stands between the two comments is made from what was found out. */
const part = /(<!-- kernels -->\n).*?(<!-- \/kernels -->)/s;

/** The whole text of docs/kernel.md with its table. */
export const pageWithTable = (comparison: Comparison): string =>
  readFileSync(page, "utf8").replace(
    part,
    (_, begin, end) => `${begin}\n${comparisonTable(comparison)}\n\n${end}`,
  );
