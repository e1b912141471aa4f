import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import test from "ava";
import { runCommandLine } from "../../src/cli/command-line.ts";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const h2t = `"${process.execPath}" --import tsx "${main}"`;

test("h2t process: wrong usage leaves status 2, one line on stderr and nothing on stdout", (t) => {
  const { status, stdout, stderr } = spawnSync(`${h2t} split cifar10 --ratio 0.01`, {
    shell: true,
    encoding: "utf8",
  });
  t.is(status, 2);
  t.is(stdout, "");
  t.is(
    stderr,
    "h2t: expected imbalanceRatio (largest/smallest class) in [1, ∞), got 0.01; did you mean 100?\n",
  );
});

test("h2t process: a reader that closes the pipe early is no error", (t) => {
  const { status, stderr } = spawnSync(`${h2t} split cifar100 --ratio 100 --json | true`, {
    shell: true,
    encoding: "utf8",
  });
  t.is(status, 0);
  t.is(stderr, "");
});

test("h2t process: a full disk behind stdout is told in one line", (t) => {
  const { status, stderr } = spawnSync(`${h2t} split cifar100 --ratio 100 --json > /dev/full`, {
    shell: true,
    encoding: "utf8",
  });
  t.is(status, 1);
  t.regex(stderr, /^h2t: [^\n]+\(ENOSPC\)[^\n]+\n$/);
});

test("h2t: a fault of our own prints its stack and where to tell of it", async (t) => {
  const errors: string[] = [];
  const status = await runCommandLine(["split", "cifar10", "--ratio", "100"], {
    write: () => {
      throw new TypeError("planted");
    },
    writeError: (text) => errors.push(text),
  });
  t.is(status, 1);
  t.regex(
    errors.join(""),
    /^TypeError: planted\n {4}at .*h2t: this is a fault of h2t-kit 0\..*open an issue/s,
  );
});
