import { notebookPlace } from "../../notebook/notebook-place.ts";
import { paced } from "../../notebook/paced.ts";
import { escapeHtml } from "../../report/escape-html.ts";
import { type BarState, openScreen, type Screen } from "./screen.ts";

const barWidth = 40;

/** A bar of text, as terminals show it. */
function barOf({ done, total, title, text }: BarState): string {
  const share = done / total;
  const filled = Math.round(share * barWidth);
  const bar = "█".repeat(filled) + "░".repeat(barWidth - filled);
  return `${title}\n${bar} ${Math.floor(100 * share)}%  ${text}`;
}

/**
 * Where training writes when a notebook calls it: one display, which holds the results so far and what happens just now.
 *
 * A line an epoch would fill the page, and tslab loses lines that come in a burst. Outside notebooks: the standard streams.
 */
export function notebookScreen(): Screen {
  const show = notebookPlace();
  if (show === undefined) {
    const { stdout, stderr } = process;
    return openScreen({ write: (text) => stdout.write(text), writeError: (text) => stderr.write(text) });
  }
  const results: string[] = [];
  const { take, flush } = paced((latest: string) => {
    const text = [...results, latest].filter((part) => part !== "").join("\n");
    // HTML, since notebooks break long lines of plain text.
    const html = `<pre style="font-family: monospace; white-space: pre-wrap">${escapeHtml(text)}</pre>`;
    show({ "text/html": html, "text/plain": text });
  });
  return {
    output: {
      write(text) {
        results.push(text.trimEnd());
        take("");
      },
      writeError: (text) => take(text.trim()),
    },
    newBar: () => (state) => take(barOf(state)),
    end: flush,
  };
}
