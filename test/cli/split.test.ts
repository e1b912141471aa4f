import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import test from "ava";
import { run } from "../support/run-command-line.ts";

test("h2t split --json: what NumPy chooses, for every golden split of seed 0", async (t) => {
  const { splits } = JSON.parse(readFileSync(new URL("../golden/splits.json", import.meta.url), "utf8"));
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
Classes: 0 airplane, 1 automobile, 2 bird, 3 cat, 4 deer, 5 dog, 6 frog, 7 horse, 8 ship, 9 truck

Images per class
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
