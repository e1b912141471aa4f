import { existsSync } from "node:fs";
import path from "node:path";

const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The browser that draws static images and that tests drive, if there is one along the search path. */
export function findBrowser(searchPath: string = process.env.PATH ?? ""): string | undefined {
  return searchPath
    .split(path.delimiter)
    .flatMap((folder) => programs.map((program) => path.join(folder, program)))
    .find((file) => existsSync(file));
}
