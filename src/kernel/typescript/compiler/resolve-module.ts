import type TS from "typescript";
import { isFixed } from "./is-fixed.ts";
import { ts } from "./typescript.ts";

/** What a language service is told about imports. */
type Resolution = Required<
  Pick<TS.LanguageServiceHost & TS.CompilerHost, "resolveModuleNameLiterals" | "getModuleResolutionCache">
>;

/**
 * Finds the files that imports mean. What packages import of each other is looked up once; what cells and files beside them
 * import anew each time, for a package may have been installed in the meantime.
 *
 * @param system - sees cells as files.
 */
export function moduleResolution(system: TS.ModuleResolutionHost): Resolution {
  const known = new Map<string, TS.ResolvedModuleWithFailedLookupLocations>();
  const cache = ts.createModuleResolutionCache(ts.sys.getCurrentDirectory(), (name) => name);
  return {
    // By it the language service knows each file's package, too, without reading package.json again for every cell.
    getModuleResolutionCache: () => cache,
    resolveModuleNameLiterals: (literals, file, redirected, options, source) =>
      literals.map((literal) => {
        const mode = ts.getModeForUsageLocation(source, literal, options);
        const resolve = (cached?: TS.ModuleResolutionCache) =>
          ts.resolveModuleName(literal.text, file, options, system, cached, redirected, mode);
        if (!isFixed(file)) return resolve();
        const key = `${file}\n${literal.text}\n${mode}`;
        const found = known.get(key) ?? resolve(cache);
        known.set(key, found);
        return found;
      }),
  };
}
