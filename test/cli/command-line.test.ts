import { readFileSync } from "node:fs";
import test from "ava";
import { run } from "../support/run-command-line.ts";

test("h2t --version: the version of package.json", async (t) => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  t.deepEqual(await run("--version"), { status: 0, printed: `${version}\n`, errors: "" });
});

test("h2t --help: prints the commands and ends well", async (t) => {
  const { status, printed, errors } = await run("--help");
  t.is(status, 0);
  t.regex(printed, /^Usage: h2t .*\n {2}reproduce .*\n {2}split /s);
  t.is(errors, "");
});

test("h2t split --help: has examples", async (t) => {
  const { status, printed } = await run("split", "--help");
  t.is(status, 0);
  t.regex(printed, /Examples:\n {2}h2t split cifar10 --ratio 100 /);
});

test("h2t alone: shows the help as an error of usage", async (t) => {
  const { status, printed, errors } = await run();
  t.is(status, 2);
  t.is(printed, "");
  t.regex(errors, /^Usage: h2t /);
});

const wrong: readonly [args: readonly string[], message: string][] = [
  [["splt"], "h2t COMMAND must be one of"],
  [["--hlp"], "the options of h2t are --version, --help, got --hlp; did you mean --help?"],
  [
    ["split", "cifar-10", "--ratio", "100"],
    'DATASET must be one of cifar10, cifar100, tiny-imagenet-32, glyphs-10, glyphs-100, got "cifar-10"; did you mean cifar10?',
  ],
  [
    ["split", "cifar10", "--rato", "100"],
    "the options of h2t split are --ratio, --json, --help, got --rato; did you mean --ratio?",
  ],
  [
    ["split", "cifar10", "--ratio", "100", "--jsn"],
    "the options of h2t split are --ratio, --json, --help, got --jsn; did you mean --json?",
  ],
  [["split", "--ratio", "100"], "h2t split needs the argument dataset, got none; see `h2t split --help`"],
  [["split", "cifar10"], "h2t split needs the option --ratio <ratio>, got none; see `h2t split --help`"],
  [
    ["split", "cifar10", "--ratio"],
    "the option --ratio <ratio> needs a value, got none; see `h2t split --help`",
  ],
  [["split", "cifar10", "--ratio", "many"], '--ratio must be a number, got "many"; use 100, for example'],
  [["split", "cifar10", "--ratio", ""], '--ratio must be a number, got ""; use 100, for example'],
  [
    ["split", "cifar10", "cifar100", "--ratio", "100"],
    "h2t split takes at most 1 argument, got 2; see `h2t split --help`",
  ],
  [
    ["split", "cifar10", "--ratio", "0.01"],
    "expected imbalanceRatio (largest/smallest class) in [1, ∞), got 0.01; did you mean 100?",
  ],
  [
    ["run", "table-6"],
    'ROW must be a row that the kit can run, or the beginning of several, got "table-6"; did you mean "table-1", "table-5", "table-5/ce"? `h2t list` shows them all',
  ],
  [["run"], "h2t run needs the argument row, got none; see `h2t run --help`"],
  [
    ["run", "table-5", "--seed", "1", "--seeds", "2"],
    "h2t run takes only one of two options that exclude each other, got --seed and --seeds; see `h2t run --help`",
  ],
  [
    ["run", "table-5", "--fresh", "--resume"],
    "h2t run takes only one of two options that exclude each other, got --resume and --fresh; see `h2t run --help`",
  ],
  [
    ["run", "table-5", "--seeds", "0,one"],
    'a seed must be a whole number from 0, got "one"; use 0, for example',
  ],
  [
    ["run", "table-5", "--profile", "full"],
    '--profile must be one of demo, trial, short, paper, got "full"; did you mean demo?',
  ],
  [
    ["table", "table-5", "--format", "latx"],
    '--format must be one of text, md, html, latex, csv, json, got "latx"; did you mean latex?',
  ],
  [
    ["reproduce", "--only", "table-1,figure-5"],
    '--only must be one of table-1, table-2, table-3, table-4, table-5, got "figure-5"; did you mean table-5?',
  ],
];
for (const [args, message] of wrong) {
  test(`h2t ${args.join(" ")}: one line on stderr, exit status 2`, async (t) => {
    const { status, printed, errors } = await run(...args);
    t.is(status, 2);
    t.is(printed, "");
    t.is(errors.slice(0, 5 + message.length), `h2t: ${message}`);
    t.is(errors.indexOf("\n"), errors.length - 1);
  });
}

test("h2t splt: names the nearest command", async (t) => {
  t.regex((await run("splt")).errors, /, got splt; did you mean split\?\n$/);
});
