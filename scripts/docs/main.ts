import { readFileSync } from "node:fs";
import path from "node:path";
import { readAnalyses } from "../../src/analysis/analyses.ts";
import { readRecords } from "../../src/runs/records.ts";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { storeFile } from "../../src/storage/store-file.ts";
import { paths } from "../../src/workflow/paths.ts";
import { withFindings, withHeadline } from "./findings-page.ts";
import { withMethodTables } from "./methods-page.ts";

// `npm run docs`: makes the tables of three pages anew, those of methods from their values, the others from the records.
const folders = { shipped: paths.results };
const [records, analyses] = await Promise.all([readRecords(folders), readAnalyses(folders)]);
const pages: Readonly<Record<string, (text: string) => string>> = {
  "README.md": (text) => withHeadline(text, records),
  "docs/methods.md": withMethodTables,
  "docs/findings.md": (text) => withFindings(text, records, analyses),
};
for (const [page, made] of Object.entries(pages)) {
  const file = path.join(projectFolder, page);
  await storeFile(file, made(readFileSync(file, "utf8")));
}
