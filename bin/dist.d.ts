/** What a build notes of its sources, as files in `dist/`: their digest, their commit, and what `sourceGlance` gave. */
export const notes: Readonly<Record<"digest" | "commit" | "glance", string>>;

/** Whether the kit's folder holds all that `dist/` is compiled from; an installed package does not. */
export function isClone(kit: string): boolean;

/** SHA-256 over everything that `dist/` is compiled from. */
export function sourceDigest(kit: string): string;

/** SHA-256 over the names, sizes and times of change of the same files, without reading them. */
export function sourceGlance(kit: string): string;

/** Whether `dist/` was compiled from the present sources. Reads them only if a name, size or time differs from the last look. */
export function isDistFresh(kit: string): boolean;

/** Digest and commit of the sources that `dist/` was compiled from; undefined without `dist/`. */
export function builtFrom(
  kit: string,
): { readonly digest: string; readonly commit: string | null } | undefined;
