import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { oneOf } from "../../src/cli/option-values.ts";
import { projectFolder } from "../../src/setup/project-folder.ts";
import { type Ending, runTests } from "./run-tests.ts";
import { type SettingName, settingNames, settings } from "./settings.ts";

const help = `Runs the tests on each Node that the kit supports, and without oneDNN: npm run portability -- [--on NAME]… [FILE…]

--on NAME   one of ${settingNames.join(", ")}; may be repeated (default: all)
FILE        test files (default: all)

The versions of Node come from npm, pinned and with their hashes in test/portability/package-lock.json; Linux on x64 only.
`;

const { values, positionals: files } = parseArgs({
  options: { on: { type: "string", multiple: true }, help: { type: "boolean" } },
  allowPositionals: true,
});
if (values.help) {
  process.stdout.write(help);
  process.exit();
}
const names = (values.on ?? settingNames).map(oneOf("--on", settingNames));

execFileSync("npm", ["ci", "--silent", "--no-audit"], { cwd: import.meta.dirname, stdio: "inherit" });
const endings: [SettingName, Ending][] = [];
for (const name of names) {
  process.stdout.write(`\n${name}\n`);
  endings.push([name, await runTests(settings[name], files)]);
}
// Back to the Node of whoever asked, with which Jupyter starts the kernels.
execFileSync(process.execPath, ["--import", "tsx", "src/setup/main.ts"], { cwd: projectFolder });

process.stdout.write("\n| setting | Node | passed | failed | minutes |\n| :-- | :-- | --: | --: | --: |\n");
for (const [name, { version, passed, failed, status, seconds }] of endings) {
  const end = status === 0 ? "" : ` (exit status ${status})`;
  process.stdout.write(
    `| ${name} | ${version} | ${passed} | ${failed}${end} | ${(seconds / 60).toFixed(1)} |\n`,
  );
}
process.exitCode = endings.every(([, { status, passed }]) => status === 0 && passed > 0) ? 0 : 1;
