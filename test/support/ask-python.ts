import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { venvPython } from "../../src/setup/python-packages.ts";

/**
 * What a Python script answers, JSON for JSON.
 *
 * @param script - such as `new URL("read-graph.py", import.meta.url)`.
 * @param question - goes to its stdin.
 */
export function askPython(script: URL, question: unknown): unknown {
  const answer = execFileSync(venvPython(projectFolder), [fileURLToPath(script)], {
    input: JSON.stringify(question),
    encoding: "utf8",
    maxBuffer: 2 ** 27,
  });
  return JSON.parse(answer);
}
