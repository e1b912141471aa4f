import { globMatcher } from "./glob-matcher.ts";

/** A cell as history has it: session, line (its execution count), and its code, with what it resulted in if asked for. */
export type HistoryEntry = readonly [number, number, string | readonly [string, string | null]];

/** Which part of history. */
export type HistoryQuery =
  /** From line `start` to `stop` exclusive; negative lines count from the end. */
  | { readonly hist_access_type: "range"; readonly start: number; readonly stop?: number | null | undefined }
  | { readonly hist_access_type: "tail"; readonly n: number }
  /** The last `n` whose whole code matches; `unique`: equal code once. */
  | {
      readonly hist_access_type: "search";
      readonly pattern: string;
      readonly n?: number | null | undefined;
      readonly unique: boolean;
    };

interface Line {
  readonly line: number;
  readonly code: string;
  output: string | null;
}

/** There is one session: the life of this process. */
const session = 1;

/** Code that was run, and its results as text, in memory. */
export class History {
  readonly #lines: Line[] = [];

  /** @param line - the cell's execution count. */
  add(line: number, code: string): void {
    this.#lines.push({ line, code, output: null });
  }

  /** Notes what the cell that was added last resulted in. */
  noteOutput(output: string): void {
    const last = this.#lines.at(-1);
    if (last) last.output = output;
  }

  /** @param withOutput - whether each entry has what its cell resulted in. */
  find(query: HistoryQuery, withOutput: boolean): HistoryEntry[] {
    return this.#chosen(query).map(({ line, code, output }) => [
      session,
      line,
      withOutput ? [code, output] : code,
    ]);
  }

  #chosen(query: HistoryQuery): readonly Line[] {
    if (query.hist_access_type === "tail") return last(this.#lines, query.n);
    if (query.hist_access_type === "range") {
      const end = (this.#lines.at(-1)?.line ?? 0) + 1;
      const fromEnd = (line: number) => (line < 0 ? end + line : line);
      const [start, stop] = [fromEnd(query.start), fromEnd(query.stop ?? end)];
      return this.#lines.filter(({ line }) => line >= start && line < stop);
    }
    const matches = globMatcher(query.pattern);
    const found = this.#lines.filter(({ code }) => matches(code));
    const latest = new Map(found.map((line) => [line.code, line]));
    const kept = query.unique ? found.filter((line) => latest.get(line.code) === line) : found;
    return last(kept, query.n ?? kept.length);
  }
}

const last = <T>(all: readonly T[], n: number) => (n > 0 ? all.slice(-n) : []);
