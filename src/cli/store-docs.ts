import { readFileSync } from "node:fs";
import path from "node:path";
import { readAnalyses } from "../paper/analyses.ts";
import { withMethodTables } from "../paper/methods-page.ts";
import { readRecords } from "../paper/records.ts";
import { withFindings, withHeadline } from "../report/findings/findings-page.ts";
import { projectFolder } from "../setup/project-folder.ts";
import { storeFile } from "../store-file.ts";
import { paths } from "./paths.ts";

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
