import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const folder = fileURLToPath(new URL("../../node_modules/.cache/h2t-kit/code", import.meta.url));

/**
 * Requires a large CommonJS module, whose translation to machine code is kept beside the kit's packages: to translate nine megabytes
 * takes longer than to run them.
 *
 * @param name - of a package without requirements of its own.
 * @returns its exports, and what keeps the translation, to be called when much of it has run.
 */
export function loadWithCodeCache<Exports>(name: string): { exports: Exports; keep(): void } {
  const require = createRequire(import.meta.url);
  const filename = require.resolve(name);
  const code = readFileSync(filename, "utf8");
  const { version }: { version: string } = require(`${name}/package.json`);
  const file = join(folder, `${name}-${version}-${process.version}-${process.arch}`);
  const known = contentOf(file);
  const script = new Script(Module.wrap(code), { filename, ...(known && { cachedData: known }) });
  const module = { exports: {} as Exports };
  script.runInThisContext()(module.exports, createRequire(filename), module, filename, dirname(filename));
  const isKept = known !== undefined && script.cachedDataRejected !== true;
  return { exports: module.exports, keep: isKept ? () => {} : () => store(file, script.createCachedData()) };
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Whole or not at all; a kit that cannot be written to does without. */
function store(file: string, data: Buffer): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, data);
    renameSync(unfinished, file);
  } catch {
    // The next start is no faster than this one.
  }
}
