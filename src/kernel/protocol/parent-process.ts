/** Milliseconds between two looks. */
const interval = 1000;

/**
 * Ends the kernel when the process that started it has ended, which can then not shut it down.
 *
 * @param pid - as Jupyter says in `JPY_PARENT_PID`; without one, as in a container, the kernel lives on.
 */
export function endWithParent(pid: string | undefined): void {
  if (Number(pid) !== process.ppid) return;
  setInterval(() => {
    if (process.ppid !== Number(pid)) process.kill(process.pid, "SIGKILL");
  }, interval);
}
