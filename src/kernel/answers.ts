import { cursorOf, offsetOf } from "./cursor.ts";
import type { History } from "./history.ts";
import { kernelInfo } from "./kernel-info.ts";
import type { LanguageEngine } from "./language-engine.ts";
import { contents } from "./request-contents.ts";

/** What questions are answered from. */
interface Known {
  readonly engine: LanguageEngine;
  readonly history: History;
}

/** The answer's content; what it throws becomes an answer that says so. */
type Answer = (content: unknown, known: Known) => object | Promise<object>;

/** How each request is answered that asks something and runs nothing, by the type of its message. */
export const answers: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ["kernel_info_request", (_content, { engine }) => kernelInfo(engine)],
  ["complete_request", complete],
  ["inspect_request", inspect],
  ["is_complete_request", isComplete],
  ["history_request", findInHistory],
  // Comms are opened by libraries in the kernel; here none does.
  ["comm_info_request", () => ({ status: "ok", comms: {} })],
]);

async function complete(content: unknown, { engine }: Known) {
  const { code, cursor_pos } = contents.complete.parse(content);
  const { names, start, end, kinds } = await engine.complete(code, offsetOf(code, cursor_pos));
  const cursors = { start: cursorOf(code, start), end: cursorOf(code, end) };
  const types = names.map((text, i) => ({ ...cursors, text, type: kinds[i] ?? "" }));
  return {
    status: "ok",
    matches: names,
    cursor_start: cursors.start,
    cursor_end: cursors.end,
    metadata: { _jupyter_types_experimental: types },
  };
}

async function inspect(content: unknown, { engine }: Known) {
  const { code, cursor_pos } = contents.inspect.parse(content);
  const data = await engine.inspect(code, offsetOf(code, cursor_pos));
  return { status: "ok", found: data !== null, data: data ?? {}, metadata: {} };
}

function isComplete(content: unknown, { engine }: Known) {
  return engine.isComplete(contents.isComplete.parse(content).code);
}

function findInHistory(content: unknown, { history }: Known) {
  const query = contents.history.parse(content);
  return { status: "ok", history: history.find(query, query.output) };
}
