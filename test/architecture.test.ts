import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import test from "ava";
import ts from "typescript";

const everything = "*";
const measuring = ["images", "splits", "samplers", "models", "losses", "fusion", "engine"];

/** Each room of src/ and the rooms that it may import from; `""` is src/ itself, open to all. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "": [],
  setup: [],
  engine: [],
  images: [],
  splits: [],
  samplers: ["splits"],
  models: ["engine"],
  losses: ["engine"],
  fusion: ["engine", "images", "samplers", "models"],
  training: measuring,
  evaluation: ["splits"],
  paper: [...measuring, "training", "evaluation"],
  report: ["images", "evaluation", "paper"],
  kernel: [],
  cli: [everything],
};

const source = fileURLToPath(new URL("../src", import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);

/** The room of a file in src/, by its path relative to src/. */
const roomOf = (file: string) => (file.includes("/") ? (file.split("/")[0] ?? "") : "");

/** The imports that a file may not make, each as a sentence. */
function violations(file: string, text: string): string[] {
  const room = roomOf(file);
  const allowed = mayImport[room];
  if (!allowed) return [`${file} lies in ${room}/, a room without a rule; add it to mayImport`];
  if (file === "index.ts" || allowed.includes(everything)) return [];
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((imported) => imported.startsWith("."))
    .map((imported) => posix.join(posix.dirname(file), imported))
    .filter((there) => there === "index.ts" || !["", room, ...allowed].includes(roomOf(there)))
    .map(
      (there) =>
        `${file} imports ${there}, but ${room || "the root"}/ may not import from ${roomOf(there) || "the index"}`,
    );
}

test("architecture: every file imports only from the rooms that its own may import", (t) => {
  t.deepEqual(
    files.flatMap((file) => violations(file, readFileSync(join(source, file), "utf8"))),
    [],
  );
});

test("architecture: a planted import in the wrong direction is named", (t) => {
  const importing = (path: string) => `import { x } from ${JSON.stringify(path)};`;
  t.deepEqual(violations("losses/loss.ts", importing("../training/stage.ts")), [
    "losses/loss.ts imports training/stage.ts, but losses/ may not import from training",
  ]);
  t.deepEqual(violations("splits/deep/x.ts", 'export * from "../../samplers/y.ts";'), [
    "splits/deep/x.ts imports samplers/y.ts, but splits/ may not import from samplers",
  ]);
  t.deepEqual(violations("errors.ts", 'const x = await import("./engine/z.ts");'), [
    "errors.ts imports engine/z.ts, but the root/ may not import from engine",
  ]);
  t.deepEqual(violations("attic/x.ts", ""), [
    "attic/x.ts lies in attic/, a room without a rule; add it to mayImport",
  ]);
  t.deepEqual(violations("losses/loss.ts", importing("../engine/ops/relu.ts")), []);
});
