import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import test from "ava";
import ts from "typescript";

const everything = "*";

/**
 * The folders of src/ from the bottom to the top: a folder imports only from those above it in this list. `""` is src/ itself,
 * which every folder may import.
 */
const layers = [
  "setup",
  "storage",
  "notebook",
  "splits",
  "samplers",
  "engine",
  "data",
  "evaluation",
  "models",
  "losses",
  "fusion",
  "mixing",
  "stages",
  "features",
  "experiments",
  "training",
  "runs",
  "analysis",
  "report",
  "workflow",
] as const;

/** Folders of pure arithmetic, which stay free of tensors, images and files. */
const arithmetic: Readonly<Record<string, readonly string[]>> = {
  setup: [],
  splits: [],
  samplers: ["splits"],
  evaluation: ["splits"],
  losses: ["engine"],
  models: ["engine", "storage"],
  kernel: ["notebook"],
};

/** Each folder of src/ and the folders that it may import from. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "": [],
  ...Object.fromEntries(layers.map((folder, i) => [folder, layers.slice(0, i)])),
  ...arithmetic,
  cli: [everything],
};

const source = fileURLToPath(new URL("../src", import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);

/** The folder of a file in src/, by its path relative to src/. */
const folderOf = (file: string) => (file.includes("/") ? (file.split("/")[0] ?? "") : "");

/** The imports that a file may not make, each as a sentence. */
function violations(file: string, text: string): string[] {
  const folder = folderOf(file);
  const allowed = mayImport[folder];
  if (!allowed) return [`${file} is in ${folder}/, a folder without a rule; add it to layers`];
  if (file === "index.ts" || allowed.includes(everything)) return [];
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((imported) => imported.startsWith("."))
    .map((imported) => posix.join(posix.dirname(file), imported))
    .filter((there) => there === "index.ts" || !["", folder, ...allowed].includes(folderOf(there)))
    .map(
      (there) =>
        `${file} imports ${there}, but ${folder || "the root"}/ may not import from ${folderOf(there) || "the index"}`,
    );
}

test("architecture: every file imports only from the folders that its own may import", (t) => {
  t.deepEqual(
    files.flatMap((file) => violations(file, readFileSync(join(source, file), "utf8"))),
    [],
  );
});

test("architecture: a planted import in the wrong direction is named", (t) => {
  const importing = (path: string) => `import { x } from ${JSON.stringify(path)};`;
  t.deepEqual(violations("losses/loss.ts", importing("../stages/stage.ts")), [
    "losses/loss.ts imports stages/stage.ts, but losses/ may not import from stages",
  ]);
  t.deepEqual(violations("splits/deep/x.ts", 'export * from "../../samplers/y.ts";'), [
    "splits/deep/x.ts imports samplers/y.ts, but splits/ may not import from samplers",
  ]);
  t.deepEqual(violations("errors.ts", 'const x = await import("./engine/z.ts");'), [
    "errors.ts imports engine/z.ts, but the root/ may not import from engine",
  ]);
  t.deepEqual(violations("attic/x.ts", ""), [
    "attic/x.ts is in attic/, a folder without a rule; add it to layers",
  ]);
  t.deepEqual(violations("losses/loss.ts", importing("../engine/ops/relu.ts")), []);
});
