import { FailureError } from "../../errors.ts";
import { installation, packageOf } from "./compiler/import-advice.ts";

/** Of `require` of what is an ES module only. */
const esmOnly = new Set(["ERR_REQUIRE_ESM", "ERR_REQUIRE_ASYNC_MODULE", "ERR_REQUIRE_CYCLE_MODULE"]);
const notFound = new Set(["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"]);

/**
 * What to do about a module that Node could not load, where that is a matter of one line.
 *
 * @param folder - of the notebook.
 */
export function explainedModuleFailure(error: Error, folder: string): FailureError | undefined {
  const code: unknown = Reflect.get(error, "code");
  if (typeof code !== "string") return undefined;
  if (notFound.has(code)) return aboutMissing(error, folder);
  const isEsm =
    esmOnly.has(code) || (code === "ERR_PACKAGE_PATH_NOT_EXPORTED" && /"exports" main/.test(error.message));
  return isEsm ? aboutEsm(error) : undefined;
}

function aboutMissing(error: Error, folder: string): FailureError | undefined {
  const [, specifier] = /^Cannot find (?:module|package) '([^']+)'/.exec(error.message) ?? [];
  if (specifier === undefined || /^[./]|^file:|^node:/.test(specifier)) return undefined;
  const name = packageOf(specifier);
  return new FailureError({
    code: "PACKAGE_NOT_INSTALLED",
    problem: `package "${name}" is not installed`,
    fix: installation(name, folder),
  });
}

function aboutEsm(error: Error): FailureError {
  const [, path = "it"] = /node_modules\/((?:@[^/\s]+\/)?[^/\s]+)/.exec(error.message) ?? [];
  return new FailureError({
    code: "ESM_ONLY",
    problem: `"${path}" is an ES module, which require cannot load`,
    fix: `write: import … from "${path}"`,
  });
}
