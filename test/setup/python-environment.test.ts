import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { pipFixes } from "../../src/setup/pip-fixes.ts";
import { pythonEnvironment } from "../../src/setup/python-environment.ts";
import { pythonPackagesStep, venvPython } from "../../src/setup/python-packages.ts";
import { runCommand } from "../../src/setup/run-command.ts";

/** A wheel with one module, and its line in a lock file. */
const makeWheel = `
import hashlib, sys, zipfile
name = sys.argv[1] + "/probe-1.0-py3-none-any.whl"
with zipfile.ZipFile(name, "w") as wheel:
    wheel.writestr("probe.py", "value = 7\\n")
    wheel.writestr("probe-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: probe\\nVersion: 1.0\\n")
    wheel.writestr("probe-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: t\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr("probe-1.0.dist-info/RECORD", "")
print("probe==1.0 --hash=sha256:" + hashlib.sha256(open(name, "rb").read()).hexdigest())
`;

/** A kit whose only Python package is the wheel above. */
function tinyKit(t: ExecutionContext) {
  const folder = mkdtempSync(join(tmpdir(), "h2t-kit-pip-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const wheels = join(folder, "wheels");
  mkdirSync(wheels);
  const lock = execFileSync("python3", ["-c", makeWheel, wheels], { encoding: "utf8" });
  writeFileSync(join(folder, "requirements.lock"), lock);
  const offline = { PIP_FIND_LINKS: wheels, PIP_NO_INDEX: "1" };
  const found = () =>
    execFileSync(venvPython(folder), ["-I", "-c", "import probe; print(probe.__file__)"], {
      encoding: "utf8",
    });
  return { folder, offline, found };
}

test("set-up: packages go to .venv, whatever the environment says of pip and Python", (t) => {
  const { folder, offline, found } = tinyKit(t);
  const elsewhere = join(folder, "elsewhere");
  mkdirSync(join(elsewhere, "pip"), { recursive: true });
  writeFileSync(join(elsewhere, "pip/__init__.py"), "raise SystemExit('the pip of another Python')\n");
  const hostile = {
    PIP_USER: "1",
    PIP_TARGET: join(folder, "target"),
    PIP_PREFIX: join(folder, "prefix"),
    PIP_DRY_RUN: "1",
    PYTHONPATH: elsewhere,
    PYTHONUSERBASE: join(folder, "base"),
  };
  pythonPackagesStep(folder, { ...process.env, ...offline, ...hostile }).run();
  t.true(found().startsWith(join(folder, ".venv/lib")));
  for (const name of ["target", "prefix", "base"]) t.false(existsSync(join(folder, name)), name);
  t.deepEqual(readdirSync(elsewhere), ["pip"]);
});

test("set-up: packages go to .venv where pip's configuration says user = true", (t) => {
  const { folder, offline, found } = tinyKit(t);
  const configuration = join(folder, "pip.conf");
  writeFileSync(configuration, "[install]\nuser = true\n");
  pythonPackagesStep(folder, { ...process.env, ...offline, PIP_CONFIG_FILE: configuration }).run();
  t.true(found().startsWith(join(folder, ".venv/lib")));
});

test("Python's environment: where packages come from stays, where they go does not", (t) => {
  t.deepEqual(
    pythonEnvironment({
      ...{
        PATH: "/bin",
        HOME: "/home/a",
        CONDA_PREFIX: "/conda",
        HTTPS_PROXY: "http://proxy",
        PYTHON: "python3.12",
      },
      ...{ PIP_INDEX_URL: "https://mirror", PIP_CERT: "/cert", PIP_USER: "1", PIP_REQUIRE_HASHES: "0" },
      ...{ PYTHONPATH: "/a", PYTHONHOME: "/b", PYTHONSTARTUP: "/c", PYTHONNOUSERSITE: "1" },
    }),
    {
      ...{
        PATH: "/bin",
        HOME: "/home/a",
        CONDA_PREFIX: "/conda",
        HTTPS_PROXY: "http://proxy",
        PYTHON: "python3.12",
      },
      ...{ PIP_INDEX_URL: "https://mirror", PIP_CERT: "/cert" },
    },
  );
});

const messages = [
  ["ERROR: Can not perform a '--user' install. User site-packages are not visible in this virtualenv.", 6],
  ["ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", 0],
  ["ERROR: [Errno 122] Disk quota exceeded: '/home/a/x'", 1],
  ["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated", 2],
  ["ERROR: No matching distribution found for tensorflow-cpu==2.21.0", 3],
  [
    "ERROR: Could not fetch URL https://x: SSLError(SSLCertVerificationError(1, 'certificate verify failed'))",
    4,
  ],
  ["ERROR: Cannot connect to proxy.', OSError('Tunnel connection failed: 407'))", 5],
  ["ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/kit/.venv/lib'", 7],
  ["ERROR: HTTPSConnectionPool(host='x', port=443): Read timed out.", 8],
] as const;
for (const [message, expected] of messages) {
  test(`pip's message has its fix: ${message}`, (t) => {
    t.is(
      pipFixes.findIndex(({ says }) => says.test(message)),
      expected,
    );
  });
}

test("command: of several fixes the first that fits stands before the remedy", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "h2t-kit command "));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const failing = (script: string) => {
    const fixes = [
      { says: /disk/, fix: "free some" },
      { says: /full/, fix: "something else" },
    ];
    const args = ["-e", script];
    const program = process.execPath;
    return t.throws(() => runCommand({ program, args, rule: "it must run", remedy: "repeat", fixes }, folder))
      ?.message;
  };
  t.true(
    failing("console.error('error: disk full'); process.exit(1)")?.includes("; free some, then repeat ("),
  );
  t.true(failing("console.error('error: unknown'); process.exit(1)")?.includes("; repeat ("));
});
