import { Worker } from "node:worker_threads";

const isSource = import.meta.url.endsWith(".ts");

/** Threads do not inherit tsx, by which `src/` runs. */
const throughTsx = `
  import { workerData } from "node:worker_threads";
  const { register } = await import(workerData.tsx);
  register();
  await import(workerData.module);
`;

/**
 * Starts a module of ours in a thread of its own.
 *
 * @param module - its URL with `.ts`; in `dist/` the `.js` beside it runs.
 * @param data - what it finds as `workerData.data`.
 * @example startThread(new URL("./compiler/thread.ts", import.meta.url));
 */
export function startThread(module: URL, data?: unknown): Worker {
  if (!isSource) return new Worker(new URL(module.href.replace(/\.ts$/, ".js")), { workerData: { data } });
  const bootstrap = new URL(`data:text/javascript,${encodeURIComponent(throughTsx)}`);
  const workerData = { tsx: import.meta.resolve("tsx/esm/api"), module: module.href, data };
  return new Worker(bootstrap, { workerData, execArgv: [] });
}
