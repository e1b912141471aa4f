import { Presets, SingleBar } from "cli-progress";
import type { OnProgress, Progress } from "../../data/progress.ts";
import type { Output } from "./output.ts";

/** What each step is called while it runs. */
const stepTitles = { download: "Downloading", decode: "Decoding", draw: "Drawing" } as const satisfies Record<
  Progress["step"],
  string
>;

interface ShownProgress {
  readonly onProgress: OnProgress;
  /** Ends the showing, also after an error; a bar left running would keep the process alive. */
  readonly end: () => void;
}

/** Tells of progress with a bar on a terminal, else with one line a tenth. */
export function showProgress({ terminal, writeError }: Output): ShownProgress {
  return terminal === undefined ? { onProgress: plainLines(writeError), end: () => {} } : bar(terminal);
}

function plainLines(write: (text: string) => void): OnProgress {
  let told = "";
  return ({ step, done, total, unit }) => {
    const line = `${stepTitles[step]}: ${Math.floor((10 * done) / total) * 10}%`;
    if (line === told) return;
    told = line;
    write(`${line} of ${amount(total, unit)}\n`);
  };
}

function bar(stream: NodeJS.WritableStream): ShownProgress {
  let current: { readonly step: string; readonly bar: SingleBar } | undefined;
  return {
    onProgress({ step, done, total, unit }) {
      if (current?.step !== step) {
        current?.bar.stop();
        const format = `${stepTitles[step]} {bar} {percentage}% of ${amount(total, unit)}, {eta_formatted} left`;
        current = { step, bar: new SingleBar({ format, stream }, Presets.shades_classic) };
        current.bar.start(total, done);
      }
      current.bar.update(done);
    },
    end: () => current?.bar.stop(),
  };
}

function amount(total: number, unit: Progress["unit"]): string {
  return unit === "bytes" ? `${(total / 1e6).toFixed(1)} MB` : `${total.toLocaleString("en")} images`;
}
