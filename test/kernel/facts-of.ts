import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { venvPython } from "../../src/setup/python-packages.ts";

/** What a Python script beside the test found out about a kernel, which it prints as JSON. */
export async function factsOf(
  script: string,
  ...args: readonly string[]
): Promise<Readonly<Record<string, unknown>>> {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const { stdout } = await promisify(execFile)(venvPython(projectFolder), [`${folder}${script}`, ...args], {
    env: { ...process.env, PYTHONPATH: folder },
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(stdout);
}
