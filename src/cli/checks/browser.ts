import { existsSync } from "node:fs";
import path from "node:path";
import type { Finding } from "./finding.ts";

const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The browser that tests drive, if there is one along the search path. */
export function findBrowser(searchPath: string = process.env.PATH ?? ""): string | undefined {
  return searchPath
    .split(path.delimiter)
    .flatMap((folder) => programs.map((program) => path.join(folder, program)))
    .find((file) => existsSync(file));
}

/** Whether a browser is there for the test in JupyterLab; nothing else needs one. */
export function checkBrowser(searchPath?: string): Finding {
  const found = findBrowser(searchPath);
  return {
    name: "Browser",
    ...(found === undefined
      ? { status: "absent", detail: "no Chromium; only npm test needs one: sudo apt install chromium" }
      : { status: "found", detail: found }),
  };
}
