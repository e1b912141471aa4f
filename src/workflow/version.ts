import { readFileSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../setup/project-folder.ts";

/** The kit's version. */
export function version(): string {
  const { version: text }: { version: string } = JSON.parse(
    readFileSync(path.join(projectFolder, "package.json"), "utf8"),
  );
  return text;
}
