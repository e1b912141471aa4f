import { FailureError, type Problem } from "../errors.ts";

const denied: Problem = {
  code: "PERMISSION_DENIED",
  problem: "permission denied",
  fix: "change the permissions, or choose another path",
};
const fileInTheWay: Problem = {
  code: "PATH_IS_FILE",
  problem: "a file exists where a folder is needed",
  fix: "choose another path",
};

/** Stable code, reason and fix for each error code of the system. */
const refusals: ReadonlyMap<string, Problem> = new Map([
  ["EACCES", denied],
  ["EPERM", denied],
  ["ENOTDIR", fileInTheWay],
  ["EEXIST", fileInTheWay],
  ["EISDIR", { code: "PATH_IS_FOLDER", problem: "it is a folder", fix: "name a file" }],
  [
    "ENOENT",
    { code: "PATH_MISSING", problem: "no such file or folder", fix: "create it, or choose another path" },
  ],
  [
    "EROFS",
    { code: "FILE_SYSTEM_READ_ONLY", problem: "the file system is read-only", fix: "choose another path" },
  ],
  [
    "ENOSPC",
    { code: "DISK_FULL", problem: "no space left on the disk", fix: "free some space and rerun the command" },
  ],
  [
    "EDQUOT",
    {
      code: "DISK_QUOTA_FULL",
      problem: "no space left in the disk quota",
      fix: "free some space and rerun the command",
    },
  ],
  [
    "EFBIG",
    {
      code: "FILE_SIZE_LIMIT",
      problem: "the limit on file sizes is reached",
      fix: "raise it (ulimit -f) and rerun the command",
    },
  ],
  [
    "EAGAIN",
    {
      code: "PROCESS_LIMIT",
      problem: "the limit on processes is reached",
      fix: "stop some processes and rerun the command",
    },
  ],
  [
    "EMFILE",
    {
      code: "OPEN_FILE_LIMIT",
      problem: "the limit on open files is reached",
      fix: "raise it (ulimit -n 1024) and rerun the command",
    },
  ],
  [
    "ENFILE",
    {
      code: "SYSTEM_FILE_LIMIT",
      problem: "the machine's limit on open files is reached",
      fix: "stop some programs and rerun the command",
    },
  ],
  [
    "ENOMEM",
    { code: "MEMORY_FULL", problem: "no memory left", fix: "free some memory and rerun the command" },
  ],
]);

/** Plain verbs for system calls whose names are not verbs. */
const verbs: Readonly<Record<string, string>> = {
  access: "read",
  fsync: "write",
  lstat: "read",
  mkdir: "create",
  rmdir: "delete",
  scandir: "list",
  spawn: "start",
  stat: "read",
  unlink: "delete",
};

const workingFolderGone = (cause: Error) =>
  new FailureError(
    {
      code: "WORKING_FOLDER_GONE",
      problem: "the current folder no longer exists",
      fix: "change to another folder (for example with `cd ~`) and rerun the command",
    },
    { cause },
  );

/**
 * Converts an error of the operating system to one that the user can fix.
 *
 * @param place - path to report if the error has none, or has one that the user does not know.
 * @returns `undefined` for every other error.
 * @example systemFailure(Object.assign(new Error(), { code: "EROFS", path: "/cdrom/x" }))?.code; // → "FILE_SYSTEM_READ_ONLY"
 */
export function systemFailure(error: unknown, place?: string): FailureError | undefined {
  if (!(error instanceof Error)) return;
  const { code = "", path, dest, syscall = "use" }: NodeJS.ErrnoException & { dest?: string } = error;
  if (syscall === "uv_cwd") return workingFolderGone(error);
  const refusal = refusals.get(code);
  if (refusal === undefined) return;
  // A program that does not start has its path in the call as well.
  const [call = ""] = syscall.split(" ");
  const where = place ?? dest ?? path ?? "a file";
  const problem = `cannot ${verbs[call] ?? call} ${where}: ${refusal.problem} (${code})`;
  return new FailureError({ ...refusal, problem }, { cause: error });
}
