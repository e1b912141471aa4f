import { existsSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, resolve } from "node:path";

/** The setting by which cells may hold JSX. */
export const howToTurnOnJsx =
  'put {"compilerOptions":{"jsx":"react-jsx"}} into tsconfig.json beside the notebook to turn it on';

/** Of imports that mean no module. */
const unknownModule = new Set([2307, 2792, 2882]);
const jsxModule = 6142;

const images = /\.(?:png|jpe?g|gif|webp|bmp|avif)$/i;
const binary = /\.(?:npy|npz|parquet|arrow|zip|gz|tar|bin|pdf|xlsx?|wasm|mp[34]|wav|h5|sqlite|db)$/i;
const code = /\.[cm]?[jt]sx?$|\.json$/i;

/**
 * What to do about an import that means no module, in place of or behind what the compiler says.
 *
 * @param message - the compiler's, which quotes the import.
 * @param folder - of the notebook.
 */
export function withImportAdvice(number: number, message: string, folder: string): string {
  if (number === jsxModule) return `${message.replace(/\.$/, "")}; ${howToTurnOnJsx}`;
  const specifier = unknownModule.has(number) ? /'([^']+)'/.exec(message)?.[1] : undefined;
  if (specifier === undefined) return message;
  if (/^\.{0,2}\//.test(specifier)) return aboutFile(specifier, message, folder);
  if (/^(?:npm|jsr|https?):/.test(specifier)) return aboutDeno(specifier, folder);
  const name = packageOf(specifier);
  if (specifier.startsWith("node:") || builtinModules.includes(name) || isInstalled(name, folder))
    return message;
  return `${message.replace(/\.$/, "")}; ${installation(name, folder)}`;
}

/** How a package gets to where cells find it. */
export const installation = (name: string, folder: string): string =>
  `run "npm install ${name}" in ${projectOf(folder)}, or "!npm install ${name}" in a cell`;

/** Such as `@scope/name` of `@scope/name/part`. */
export const packageOf = (specifier: string): string =>
  /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

function aboutFile(specifier: string, message: string, folder: string): string {
  if (code.test(specifier) || !existsSync(resolve(folder, specifier))) return message;
  const how = howToRead(JSON.stringify(specifier), specifier);
  return `'${specifier}' is a file, not a module; read it with ${how}, where readFileSync comes from "node:fs"`;
}

function howToRead(path: string, specifier: string): string {
  if (specifier.endsWith(".svg")) return `display.svg(readFileSync(${path}, "utf8"))`;
  if (images.test(specifier)) return `display(readFileSync(${path}))`;
  return binary.test(specifier) ? `readFileSync(${path})` : `readFileSync(${path}, "utf8")`;
}

function aboutDeno(specifier: string, folder: string): string {
  const [, name = specifier] = /^npm:((?:@[^/]+\/)?[^/@]+)/.exec(specifier) ?? [];
  const isNpm = specifier.startsWith("npm:");
  const how = isNpm ? `import "${name}" and ${installation(name, folder)}` : "install it as an npm package";
  return `'${specifier}' is an import for Deno; ${how}`;
}

/** Where npm installs: the next folder upwards that holds packages or says which it needs; else the notebook's. */
function projectOf(folder: string): string {
  for (const at of foldersUpFrom(folder)) {
    if (existsSync(join(at, "package.json")) || existsSync(join(at, "node_modules"))) return at;
  }
  return folder;
}

const isInstalled = (name: string, folder: string): boolean =>
  [...foldersUpFrom(folder)].some((at) => existsSync(join(at, "node_modules", name)));

function* foldersUpFrom(folder: string): Generator<string> {
  yield folder;
  if (dirname(folder) !== folder) yield* foldersUpFrom(dirname(folder));
}
