import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const name = "h2t_papermill";
const version = "1.0.0";
const info = `${name}-${version}.dist-info`;

/** Whether papermill in `.venv` finds our translator for TypeScript; true where there is no `.venv`. */
export function isTranslatorInstalled(folder: string): boolean {
  return packageFiles(folder).every(
    ([file, text]) => existsSync(file) && readFileSync(file, "utf8") === text,
  );
}

/** Installs the translator as a Python package, as pip would: a module and what is known of it. */
export function installTranslator(folder: string): void {
  for (const [file, text] of packageFiles(folder)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** The package's files in `.venv` with what they hold. */
function packageFiles(folder: string): (readonly [file: string, text: string])[] {
  const module = join(folder, "src/kernel/papermill", `${name}.py`);
  const sitePackages = sitePackagesOf(folder);
  if (sitePackages === undefined || !existsSync(module)) return [];
  const files: Readonly<Record<string, string>> = {
    [`${name}.py`]: readFileSync(module, "utf8"),
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name.replace("_", "-")}\nVersion: ${version}\nLicense: MIT\n`,
    [`${info}/INSTALLER`]: "h2t-kit\n",
    [`${info}/entry_points.txt`]: `[papermill.engine]\nh2t-typescript = ${name}:Engine\n`,
  };
  const record = [...Object.keys(files), `${info}/RECORD`].map((file) => `${file},,\n`).join("");
  return Object.entries({ ...files, [`${info}/RECORD`]: record }).map(
    ([file, text]) => [join(sitePackages, file), text] as const,
  );
}

function sitePackagesOf(folder: string): string | undefined {
  const library = join(folder, ".venv/lib");
  const python = existsSync(library)
    ? readdirSync(library).find((entry) => entry.startsWith("python3"))
    : undefined;
  return python && join(library, python, "site-packages");
}
