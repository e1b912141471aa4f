import { randomUUID } from "node:crypto";
import { escapeHtml } from "../escape-html.ts";
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
    const text = [...results, ...latest].join("\n");
    // HTML, since notebooks break long lines of plain text.
    const html = `<pre style="font-family: monospace; white-space: pre; overflow-x: auto">${escapeHtml(text)}</pre>`;
    show({ data: { "text/html": html, "text/plain": text }, metadata: {}, transient }, isShown);
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
