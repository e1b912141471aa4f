/**
 * The commit of the kit's sources, with `+changes` when `src/` was edited since.
 *
 * @param kit - the kit's folder.
 * @returns null unless the kit's folder is the top level of a repository that tracks its files.
 */
export function sourceCommit(kit: string): string | null;
