import { FailureError } from "../errors.ts";

/** What the system refused, and the remedy, by its code. */
const refusals: Readonly<Record<string, readonly [got: string, remedy: string]>> = {
  EACCES: ["no permission", "mend its permissions, or name another place"],
  EPERM: ["no permission", "mend its permissions, or name another place"],
  EROFS: ["a read-only file system", "name another place"],
  EISDIR: ["a folder", "name a file"],
  ENOTDIR: ["a file where a folder must be", "name another place"],
  EEXIST: ["a file where a folder must be", "name another place"],
  ENOENT: ["no such file or folder", "make it, or name another place"],
  ENOSPC: ["no space left on the disk", "free some and type the same command again"],
  EFBIG: ["more than the limit on the size of files", "raise it (ulimit -f) and type the same command again"],
  EAGAIN: ["as many processes as you may have", "end some and type the same command again"],
  EMFILE: [
    "as many open files as a process may have",
    "raise the limit (ulimit -n 1024) and type the same command again",
  ],
  ENFILE: ["as many open files as the machine may have", "end some programs and type the same command again"],
  ENOMEM: ["no memory left", "free some and type the same command again"],
  EDQUOT: ["no space left in your quota", "free some and type the same command again"],
};

const withoutWorkingFolder = (cause: Error) =>
  new FailureError(
    {
      code: "WORKING_FOLDER_GONE",
      problem: "the folder that this was called from no longer exists",
      fix: "change to another one, such as with `cd ~`, and type the same command again",
    },
    { cause },
  );

/**
 * What the system refused, as an error that the user can mend.
 *
 * @param place - what it refused to touch, where the error itself does not name it, or by a name that is no business of the user's.
 * @returns `undefined` for every other error.
 * @example systemFailure(Object.assign(new Error(), { code: "EROFS", path: "/cdrom/x" }))?.message;
 */
export function systemFailure(error: unknown, place?: string): FailureError | undefined {
  if (!(error instanceof Error)) return;
  const { code = "", path, dest, syscall = "use" }: NodeJS.ErrnoException & { dest?: string } = error;
  if (syscall === "uv_cwd") return withoutWorkingFolder(error);
  const [got, remedy] = refusals[code] ?? [];
  if (got === undefined || remedy === undefined) return;
  // A program that does not start has its path in the call, too.
  const [call] = syscall.split(" ");
  const where = place ?? dest ?? path ?? "its files";
  return new FailureError(
    { rule: `h2t must be able to ${call} ${where}`, got: `${got} (${code})`, remedy },
    { cause: error },
  );
}
