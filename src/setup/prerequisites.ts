import { spawnSync } from "node:child_process";
import { FailureError } from "../errors.ts";
import { variable } from "./environment.ts";
import { pythonEnvironment } from "./python-environment.ts";

/** What set-up needs to know of a machine. */
export interface Machine {
  readonly platform: string;
  /** "20.19.0" */
  readonly nodeVersion: string;
  /** The usable Python if there is one, else the best that was found, else `undefined`. */
  readonly python: Python | undefined;
  /** The program that compiles C++17, or `undefined`. */
  readonly compiler: string | undefined;
}

/** One Python interpreter. */
export interface Python {
  readonly program: string;
  /** [major, minor] */
  readonly version: readonly [number, number];
  /** Whether `python -m venv` works; Debian and Ubuntu ship it apart. */
  readonly hasVenv: boolean;
}

const pythonPrograms = ["python3", "python3.13", "python3.12", "python3.11", "python3.10"];
const askPython = `import sys
print(*sys.version_info[:2])
import venv, ensurepip
print("venv")`;

/** Looks for the programs on this machine; `PYTHON` and `CXX` in the environment come first. */
export function inspectMachine(environment: NodeJS.ProcessEnv = process.env): Machine {
  return {
    platform: process.platform,
    nodeVersion: process.versions.node,
    python: findPython(environment),
    compiler: [variable("CXX", environment), "g++"].find(
      (program) => program && compilesCpp17(program, environment),
    ),
  };
}

/**
 * What the machine lacks, one error a prerequisite, each with the way to get it.
 *
 * @example missingPrerequisites(inspectMachine()).map((error) => error.message); // → []
 */
export function missingPrerequisites({ platform, nodeVersion, python, compiler }: Machine): FailureError[] {
  const missing: FailureError[] = [];
  const need = (rule: string, got: string, remedy: string) =>
    missing.push(new FailureError({ rule, got, remedy }));
  if (platform !== "linux") {
    need("the kit needs Linux", platform, "use a Linux machine, a Linux container or, on Windows, WSL 2");
  }
  if (!isUsableNode(nodeVersion)) {
    need(
      "the kit needs Node 20.19 or newer (of 22: 22.12 or newer)",
      nodeVersion,
      "get one from https://nodejs.org, or type: nvm install 22",
    );
  }
  const pythonRule = "the kit needs Python 3.10, 3.11, 3.12 or 3.13 with venv";
  if (!python) {
    need(pythonRule, "no python3", "type: sudo apt install python3 python3-venv");
  } else if (!isUsableVersion(python)) {
    need(
      pythonRule,
      `only ${python.version.join(".")}`,
      "install one of these beside it and name it: PYTHON=/path/to/python3.12 npm run setup",
    );
  } else if (!python.hasVenv) {
    need(pythonRule, `${python.program} without venv`, "type: sudo apt install python3-venv");
  }
  if (!compiler) {
    need("the kit needs a C++17 compiler", "no g++ that compiles it", "type: sudo apt install g++");
  }
  return missing;
}

/** The versions that can `require` an ES module, which notebooks do and the test runner expects. */
function isUsableNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
}

/** The versions that the pinned TensorFlow has wheels for. */
function isUsableVersion({ version: [major, minor] }: Python): boolean {
  return major === 3 && minor >= 10 && minor <= 13;
}

function findPython(environment: NodeJS.ProcessEnv): Python | undefined {
  const named = variable("PYTHON", environment);
  const programs = named === undefined ? pythonPrograms : [named];
  const found: Python[] = [];
  for (const program of programs) {
    const python = inspectPython(program, environment);
    if (python && isUsableVersion(python) && python.hasVenv) return python;
    if (python) found.push(python);
  }
  return found.find(isUsableVersion) ?? found[0];
}

function inspectPython(program: string, env: NodeJS.ProcessEnv): Python | undefined {
  const { stdout } = spawnSync(program, ["-c", askPython], { env: pythonEnvironment(env), encoding: "utf8" });
  const answer = /^(\d+) (\d+)\s*(venv)?/.exec(stdout ?? "");
  return answer
    ? { program, version: [Number(answer[1]), Number(answer[2])], hasVenv: answer[3] === "venv" }
    : undefined;
}

function compilesCpp17(program: string, env: NodeJS.ProcessEnv): boolean {
  const source = "#include <optional>\nint main() { return std::optional<int>{0}.value(); }\n";
  const args = ["-std=c++17", "-x", "c++", "-fsyntax-only", "-"];
  return spawnSync(program, args, { env, input: source }).status === 0;
}
