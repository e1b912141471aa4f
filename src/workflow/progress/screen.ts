import { MultiBar, Presets, type SingleBar } from "cli-progress";
import type { Output } from "./output.ts";

/** What a bar shows. */
export interface BarState {
  readonly done: number;
  readonly total: number;
  readonly title: string;
  readonly text: string;
}

/** An output with bars below what is written. */
export interface Screen {
  /** Clears the bars before it writes; each comes back with its next state. */
  readonly output: Output;
  /** A line of its own that shows the latest state; `undefined` when nobody watches. */
  readonly newBar: (() => (state: BarState) => void) | undefined;
  /** Takes the bars away, also after an error; left running they would keep the process alive. */
  readonly end: () => void;
}

/** Opens a screen on an output: bars on a terminal, else none. */
export function openScreen({ write, writeError, terminal }: Output): Screen {
  if (terminal === undefined) return { output: { write, writeError }, newBar: undefined, end: () => {} };
  // Lines are cut here and not by the terminal, which would have to be told to wrap again even after a sudden end.
  const options = { format: "{title} {bar} {text}", stream: terminal, clearOnComplete: true, linewrap: true };
  let bars: MultiBar | undefined;
  const end = () => {
    bars?.stop();
    bars = undefined;
  };
  const above = (to: (text: string) => void) => (text: string) => {
    end();
    to(text);
  };
  const newBar = () => {
    let shown: { readonly among: MultiBar; readonly bar: SingleBar } | undefined;
    return ({ done, total, title, text }: BarState) => {
      bars ??= new MultiBar(options, Presets.shades_classic);
      if (shown?.among !== bars) shown = { among: bars, bar: bars.create(total, done, { title, text }) };
      shown.bar.setTotal(total);
      shown.bar.update(done, { title, text });
    };
  };
  return { output: { write: above(write), writeError: above(writeError), terminal }, newBar, end };
}
