import { mkdir } from "node:fs/promises";
import path from "node:path";
import { readAnalyses } from "../analysis/analyses.ts";
import { writePage } from "../report/page/page.ts";
import { readRecords } from "../runs/records.ts";
import { paths } from "./paths.ts";
import { version } from "./version.ts";

/**
 * Writes the report page from what ships with the kit and from your runs.
 *
 * @param folder - where it goes; created where absent.
 * @param runs - where your runs are kept.
 * @param data - where data sets are packed, which decides the pack that yours shows.
 * @returns the page's path.
 */
export async function writeReport(folder: string, runs: string, data: string = paths.data): Promise<string> {
  const page = path.join(folder, "index.html");
  const folders = { shipped: paths.results, yours: runs, data };
  const [records, analyses] = await Promise.all([readRecords(folders), readAnalyses(folders)]);
  await mkdir(folder, { recursive: true });
  await writePage(page, { records, analyses, version: version() });
  return page;
}
