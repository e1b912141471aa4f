#!/usr/bin/env node
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isClone, isDistFresh } from "./dist.js";

const kit = fileURLToPath(new URL("..", import.meta.url));

async function compile() {
  if (!existsSync(`${kit}node_modules/typescript`)) {
    process.stderr.write(`h2t needs the packages in ${kit}, got none; type: npm ci && npm run setup\n`);
    return false;
  }
  process.stderr.write("h2t: dist/ is missing or older than src/; compiling it (about 10 s) ...\n");
  try {
    const { buildDist } = await import("./build-dist.js");
    buildDist(kit);
    return true;
  } catch (error) {
    process.stderr.write(`h2t: ${error.message}; fix that and rerun the command\n`);
    return false;
  }
}

/** What no module of the kit can explain, as none can be read any more. */
function explain(error) {
  if (error.code !== "EMFILE" && error.code !== "ENFILE") throw error;
  const fix = "raise the limit (ulimit -n 1024) and rerun the command";
  process.stderr.write(`h2t: too many open files to load the kit (${error.code}); ${fix}\n`);
  process.exitCode = 1;
}

try {
  // An installed package has no sources that could be newer.
  if (!isClone(kit) || isDistFresh(kit) || (await compile())) await import("../dist/cli/main.js");
  else process.exitCode = 1;
} catch (error) {
  explain(error);
}
