import { randomUUID } from "node:crypto";
import { tslabWriter } from "../report/tslab-writer.ts";
import type { Output } from "./output.ts";

/**
 * Where training writes when a notebook calls it: one display, which holds the results so far and the latest line of progress.
 *
 * A line an epoch would fill the page, and tslab loses lines that come in a burst. Outside tslab: the standard streams.
 */
export function notebookOutput(): Output {
  const show = tslabWriter();
  if (show === undefined) {
    const { stdout, stderr } = process;
    return { write: (text) => stdout.write(text), writeError: (text) => stderr.write(text) };
  }
  const transient = { display_id: randomUUID() };
  const results: string[] = [];
  let isShown = false;
  const update = (...latest: readonly string[]) => {
    show({ data: { "text/plain": [...results, ...latest].join("\n") }, metadata: {}, transient }, isShown);
    isShown = true;
  };
  return {
    write(text) {
      results.push(text.trimEnd());
      update();
    },
    writeError: (text) => update(text.trim()),
  };
}
