import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { projectFolder } from "../src/setup/project-folder.ts";
import { venvPython } from "../src/setup/python-packages.ts";

const schema = z.array(z.object({ name: z.string(), version: z.string(), licence: z.string().nullable() }));

/** The Python packages in `.venv`; each `licence` as its metadata states it. */
export function pythonPackages(): z.infer<typeof schema> {
  const script = fileURLToPath(new URL("python-packages.py", import.meta.url));
  return schema.parse(JSON.parse(execFileSync(venvPython(projectFolder), [script], { encoding: "utf8" })));
}
