import { setTimeout as delay } from "node:timers/promises";
import test from "ava";
import { currentCell } from "../../../src/kernel/current-cell.ts";
import { cellRunner } from "../../support/run-cells.ts";

// The test runner takes what nobody catches for a failure of its own.
process.removeAllListeners("unhandledRejection");
process.removeAllListeners("uncaughtException");

const { begin, shown } = await cellRunner();

/** What is printed while `work` goes on, each with the count of the cell that began it. */
async function printed(stream: "stdout" | "stderr", work: () => Promise<unknown>): Promise<string[]> {
  const { write } = process[stream];
  const lines: string[] = [];
  process[stream].write = (text: string | Uint8Array) => {
    lines.push(`${currentCell.getStore()?.executionCount}: ${text}`);
    return true;
  };
  await work();
  process[stream].write = write;
  return lines;
}

test.serial(
  "background: work that goes on after a cell's end prints and shows in the cell that began it",
  async (t) => {
    const first = begin(`
    const late = new Promise<void>((resolve) => setTimeout(() => {
      console.log("late");
      display("shown");
      resolve();
    }, 30));`);
    const lines = await printed("stdout", async () => {
      await first.result;
      const second = begin("console.log('second'); await late;");
      await second.result;
      t.deepEqual(second.cell.shown, []);
    });
    t.deepEqual(lines.toSorted(), ["1: late\n", "2: second\n"]);
    t.deepEqual(
      first.cell.shown.map(({ bundle }) => bundle),
      [{ "text/plain": "'shown'" }],
    );
  },
);

test.serial(
  "background: what nobody catches is printed into the cell that began it, and the kernel lives",
  async (t) => {
    const lines = await printed("stderr", async () => {
      await begin("setTimeout(() => {\n  throw new Error('thrown');\n}, 10);").result;
      await begin("const lost = Promise.reject(new RangeError('rejected'));").result;
      await delay(50);
    });
    t.deepEqual(lines.toSorted(), [
      "3: Error: thrown\n    at Timeout._onTimeout (In[3]:2:9)\n",
      "4: RangeError: rejected\n    at In[4]:1:29\n",
    ]);
    t.is(await shown("'alive'"), "'alive'");
  },
);
