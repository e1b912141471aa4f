import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import test from "ava";
import ts from "typescript";
import { withMethodTables } from "../scripts/docs/methods-page.ts";
import { tablesOnCifar10 } from "../src/experiments/tables/on-cifar10.ts";
import { projectFolder } from "../src/setup/project-folder.ts";
import { rowsNamed } from "../src/workflow/rows-named.ts";
import { run } from "./support/run-command-line.ts";

const pages = ["README.md", ...readdirSync(path.join(projectFolder, "docs")).map((name) => `docs/${name}`)];
const textOf = (page: string) => readFileSync(path.join(projectFolder, page), "utf8");
const codeIn = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);

/** Contents of the fenced blocks in one language. */
const blocks = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs"))].map(([, content = ""]) => content);

/** Command lines of a page, in blocks and in sentences, without comments. */
const commandsIn = (text: string) =>
  [...blocks(text, "sh").flatMap((block) => block.split("\n")), ...codeIn(text)]
    .map((line) => line.replace(/ +#.*/, "").trim())
    .filter((line) => line !== "");

/** Folders in code that come into being, or hold what ships, and so may be absent from a clone. */
const made = ["dist/", "results/", "runs/"];

for (const page of pages) {
  test(`${page}: every h2t command has the options that it is shown with`, async (t) => {
    const commands = commandsIn(textOf(page)).filter((line) => /^(npx )?h2t /.test(line));
    const faults: string[] = [];
    for (const line of commands) {
      const [name = "", ...rest] = line.replace(/^(npx )?h2t /, "").split(/\s+/);
      const { status, printed } = await run(name, "--help");
      const options = rest.filter((word) => word.startsWith("--"));
      if (status !== 0 || !options.every((option) => printed.split(/[\s,]+/).includes(option)))
        faults.push(line);
    }
    t.deepEqual(faults, []);
  });

  test(`${page}: every row exists`, (t) => {
    const names = textOf(page).match(/\btable-\d(\/[\w-]+)+(@[\w-]+)?/g) ?? [];
    const rows = names.filter((name) => !tablesOnCifar10.some((table) => table.name === name));
    t.notThrows(() => rows.map((name) => rowsNamed([name], "paper")));
  });

  test(`${page}: every link, path and npm script exists`, (t) => {
    const text = textOf(page);
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link);
    const local = links.filter((link) => !link.startsWith("https://"));
    const paths = codeIn(text).filter((code) => /^(src|docs|test)\/[\w./-]*$/.test(code));
    // The table of folders leaves out `src/`.
    const folders = codeIn(text).filter(
      (code) => /^[a-z]+\/$/.test(code) && ![...paths, ...made].includes(code),
    );
    const files = [
      ...local.map((link) => path.join(path.dirname(page), link)),
      ...paths,
      ...folders.map((folder) => path.join("src", folder)),
    ];
    t.deepEqual(
      files.filter((file) => !existsSync(path.join(projectFolder, file))),
      [],
    );
    const { scripts } = JSON.parse(textOf("package.json"));
    const named = [...text.matchAll(/\bnpm run ([a-z-]+)/g)].map(([, script = ""]) => script);
    t.deepEqual(
      named.filter((script) => !(script in scripts)),
      [],
    );
  });
}

test("docs/reproduce.md: the options of reproduce.sh are those of its help", (t) => {
  const help = execFileSync(path.join(projectFolder, "reproduce.sh"), ["--help"], { encoding: "utf8" });
  const shown = codeIn(textOf("docs/reproduce.md")).filter((code) => code.startsWith("--"));
  t.true(shown.length > 4);
  for (const option of shown)
    if (option !== "--from PATH") t.true(help.includes(option.split(" ")[0] ?? ""), option);
});

test("README.md: the TypeScript example prints what it says", (t) => {
  const text = textOf("README.md");
  const [example = ""] = blocks(text, "ts");
  const folder = path.join(projectFolder, "node_modules/.cache/h2t-kit");
  const file = path.join(folder, "readme-example.mjs");
  mkdirSync(folder, { recursive: true });
  t.teardown(() => rmSync(file, { force: true }));
  writeFileSync(
    file,
    ts.transpile(example, { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 }),
  );
  t.is(execFileSync(process.execPath, [file], { encoding: "utf8" }), blocks(text, "text").join());
});

test("docs/methods.md: its tables are those that the methods make now", (t) => {
  const text = textOf("docs/methods.md");
  t.true(withMethodTables(text) === text, "npm run docs");
});
