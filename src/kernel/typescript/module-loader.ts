import Module from "node:module";
import { join } from "node:path";

type Import = (specifier: string, options?: ImportCallOptions) => Promise<object>;

/** Node's way to make a module of code, which tools have used for ever though the manual is silent on it. */
interface CompilingModule {
  _compile(code: string, file: string): void;
  exports: unknown;
}

/** Loads what cells import: ES modules and CommonJS alike, by Node's own `import()` as seen from the notebook's folder. */
export class ModuleLoader {
  readonly #import: Import;
  readonly #loaded = new Map<string, object>();

  /** @param folder - of the notebook. */
  constructor(folder: string) {
    // Not by node:vm, which warns that its way to the loader may change.
    const importer = new Module("notebook") as unknown as CompilingModule;
    importer._compile(
      "module.exports = (specifier, options) => import(specifier, options)",
      join(folder, "notebook.cjs"),
    );
    this.#import = importer.exports as Import;
  }

  /** Loads a module; once loaded it stays, as everywhere in Node. */
  async load(specifier: string, options?: ImportCallOptions): Promise<object> {
    const known = this.#loaded.get(specifier);
    if (known) return known;
    const isJson = specifier.endsWith(".json");
    const loaded = withCommonJsNames(
      await this.#import(specifier, options ?? (isJson ? { with: { type: "json" } } : undefined)),
    );
    this.#loaded.set(specifier, loaded);
    return loaded;
  }

  /** A module that was loaded before. */
  loaded(specifier: string): object | undefined {
    return this.#loaded.get(specifier);
  }
}

/**
 * A module with all names that its types promise.
 *
 * Node looks for the names of a CommonJS module without running it and misses some, which are then in `default` only; and what
 * was an ES module before it was made CommonJS has its own `default` there.
 */
function withCommonJsNames(module: object): object {
  const inside: unknown = Reflect.get(module, "default");
  if ((typeof inside !== "object" && typeof inside !== "function") || inside === null) return module;
  if (Reflect.get(inside, "__esModule") === true) return inside;
  const missed = Object.keys(inside).filter((name) => !(name in module));
  if (missed.length === 0) return module;
  const whole = Object.create(null);
  for (const [from, names] of [
    [module, Object.keys(module)],
    [inside, missed],
  ] as const) {
    for (const name of names) {
      Object.defineProperty(whole, name, { enumerable: true, get: () => Reflect.get(from, name) });
    }
  }
  return whole;
}
