import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";

/**
 * Runs a shell script to which a folder is a disk of its own, of so many MiB and empty; nobody else sees it, and it goes with the script.
 *
 * @param variables - what the script may use; the folder is `$disk`.
 * @throws if the script failed, or nothing was run because the system lets nobody mount.
 */
export function onSmallDisk(
  script: string,
  disk: string,
  megabytes: number,
  variables: Readonly<Record<string, string>>,
): void {
  const mount = `mount -t tmpfs -o size=${megabytes}m small-disk "$disk"`;
  const { status, stderr, error } = spawnSync(
    "unshare",
    ["--mount", "--map-root-user", "sh", "-euc", `${mount}\n${script}`],
    { env: { ...process.env, disk, ...variables }, encoding: "utf8" },
  );
  if (error) throw error;
  if (status !== 0) throw new Error(`the script ended with ${status}: ${stderr}`);
}

/** Whether the system lets anybody mount, which some containers do not. */
export function mayMountDisk(): boolean {
  try {
    onSmallDisk("true", tmpdir(), 1, {});
    return true;
  } catch {
    return false;
  }
}
