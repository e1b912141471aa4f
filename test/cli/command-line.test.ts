import { readFileSync } from "node:fs";
import test from "ava";
import { runCommandLine } from "../../src/cli/command-line.ts";

/** What a command line prints and the status with which it ends. */
async function run(...args: string[]) {
  let printed = "";
  let errors = "";
  const output = {
    write: (text: string) => {
      printed += text;
    },
    writeError: (text: string) => {
      errors += text;
    },
  };
  const status = await runCommandLine(args, output);
  return { status, printed, errors };
}

test("h2t --version: the version of package.json", async (t) => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  t.deepEqual(await run("--version"), { status: 0, printed: `${version}\n`, errors: "" });
});

test("h2t --help: prints the commands and ends well", async (t) => {
  const { status, printed, errors } = await run("--help");
  t.is(status, 0);
  t.regex(printed, /^Usage: h2t .*\n {2}split /s);
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
    "imbalanceRatio is largest/smallest and must be at least 1, got 0.01; did you mean 100?",
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

test("h2t split --json: what NumPy chooses, for every golden split of seed 0", async (t) => {
  const { splits } = JSON.parse(readFileSync(new URL("../golden/splits.json", import.meta.url), "utf8"));
  const { createHash } = await import("node:crypto");
  for (const { dataset, imbalanceRatio, seed, classCounts, digest } of splits) {
    if (seed !== 0) continue;
    const { status, printed } = await run("split", dataset, "--ratio", String(imbalanceRatio), "--json");
    t.is(status, 0);
    const found = JSON.parse(printed);
    t.deepEqual(Object.keys(found), ["dataset", "imbalanceRatio", "classCounts", "positions"]);
    t.deepEqual([found.dataset, found.imbalanceRatio], [dataset, imbalanceRatio]);
    t.deepEqual(found.classCounts, classCounts);
    t.is(createHash("sha256").update(JSON.stringify(found.positions)).digest("hex"), digest);
  }
});

test("h2t split: counts, groups and digest for a reader", async (t) => {
  const { printed } = await run("split", "cifar10", "--ratio", "100");
  t.is(
    printed,
    `cifar10 at imbalance ratio 100: 12,406 of 50,000 training images

Images a class
    0: 5000 2997 1796 1077  645  387  232  139   83   50

Groups: classes, images
  by index, as in the tables  head 3, 9,793     medium 4, 2,341   tail 3, 272
  by count: >100, >20, ≤20    head 8, 12,273    medium 2, 133     tail 0, 0

Class 0 begins with positions 398 3833 4836 4572 636 2545 1161 2230 …
Digest of all positions: 582555b744afb2c5008424a7a51894f26133389c20d781a2ba2d2d79fc65827a
`,
  );
});

test("h2t split: generated and stand-in data have their own sizes", async (t) => {
  t.regex((await run("split", "glyphs-10", "--ratio", "100")).printed, /: 1,236 of 5,000 training images\n/);
  t.regex(
    (await run("split", "tiny-imagenet-32", "--ratio", "100")).printed,
    /: 10,847 of 50,000 training images\n/,
  );
});
