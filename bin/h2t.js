#!/usr/bin/env node
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("..", import.meta.url));

if (existsSync(`${folder}node_modules/tsx`)) {
  const { register } = await import("tsx/esm/api");
  // Its own tsconfig.json, whatever lies in the folder from which the command is called.
  register({ tsconfig: `${folder}tsconfig.json` });
  await import("../src/cli/main.ts");
} else {
  process.stderr.write(`h2t needs the packages in ${folder}, got none; type: npm ci && npm run setup\n`);
  process.exitCode = 1;
}
