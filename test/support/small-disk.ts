import { spawnSync } from "node:child_process";

const cannotMount = 97;

/**
 * Runs a shell script to which a folder is a disk of its own, of so many MiB and empty; nobody else sees it, and it goes with the script.
 *
 * @param variables - what the script may use; the folder is `$disk`.
 * @returns false where the system lets nobody mount, and nothing was run.
 * @throws if the script failed.
 */
export function onSmallDisk(
  script: string,
  disk: string,
  megabytes: number,
  variables: Readonly<Record<string, string>>,
): boolean {
  const mount = `mount -t tmpfs -o size=${megabytes}m small-disk "$disk" || exit ${cannotMount}`;
  const { status, stderr, error } = spawnSync(
    "unshare",
    ["--mount", "--map-root-user", "sh", "-euc", `${mount}\n${script}`],
    { env: { ...process.env, disk, ...variables }, encoding: "utf8" },
  );
  // unshare itself ends with 1 where it may not, before the script has said a word.
  if (error || status === cannotMount || /^unshare: /.test(stderr)) return false;
  if (status !== 0) throw new Error(`the script ended with ${status}: ${stderr}`);
  return true;
}
