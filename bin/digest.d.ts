/** SHA-256 over several texts, whose borders count. */
export function digestOf(...texts: readonly string[]): string;

/** Every file below a folder, or the file itself; paths are relative to `folder`. */
export function filesBelow(folder: string, path: string): string[];

/**
 * SHA-256 over the names and bytes of files; the order of the directory and its place on the disk do not count.
 *
 * @param folder - what the paths are relative to, so that a moved folder keeps its digest.
 * @param paths - files and folders; a folder stands for every file below it.
 * @example digestFiles(projectFolder, ["src", "tsconfig.json"]);
 */
export function digestFiles(folder: string, paths: readonly string[]): string;
