/**
 * Compiles `src/` to `dist/`, whole or not at all.
 *
 * @param kit - the kit's folder.
 * @throws {Error} with code `DIST_NOT_BUILT` and the compiler's first complaint if `src/` does not compile.
 */
export function buildDist(kit: string): void;
