import { existsSync } from "node:fs";
import path from "node:path";
import type { Finding } from "./finding.ts";

const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Whether a browser is there that can turn a Plotly figure into a PNG; the kit's own static images are SVG. */
export function checkBrowser(searchPath: string = process.env.PATH ?? ""): Finding {
  const found = searchPath
    .split(path.delimiter)
    .flatMap((folder) => programs.map((program) => path.join(folder, program)))
    .find((file) => existsSync(file));
  return {
    name: "Browser",
    ...(found === undefined
      ? { status: "absent", detail: "no Chromium; static images are SVG and need none" }
      : { status: "found", detail: found }),
  };
}
