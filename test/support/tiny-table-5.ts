import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { writeRecord } from "../../src/runs/records.ts";
import { rowsNamed } from "../../src/workflow/rows-named.ts";
import { consistent } from "./consistent-record.ts";
import { madeUpRecord } from "./made-up-record.ts";
import { packTinyGlyphs } from "./tiny-glyphs.ts";

/** Parameters of table-5.ipynb under which nothing is trained: a tiny data set in a folder, and made-up records of every row on it. */
export async function tinyTable5(root: string) {
  const [data = "", runs = "", results = ""] = ["data", "runs", "results"].map((name) =>
    path.join(root, name),
  );
  const { digest } = await packTinyGlyphs(data);
  for (const [i, row] of rowsNamed(["table-5"], "demo").entries()) {
    const accuracy = { head: 0.9 - i / 10, medium: 0.5, tail: i / 10, all: 0.5 };
    const made = { accuracy, digest, profile: "demo", origin: "generated", seed: 3 } as const;
    const { record } = consistent(madeUpRecord(row, made));
    const folder = path.join(runs, record.runId);
    await mkdir(folder, { recursive: true });
    await writeRecord(path.join(folder, "record.json"), record);
    // A record without weights would be trained again.
    await writeFile(path.join(folder, "weights.safetensors"), "");
  }
  return { profile: "demo" as const, seeds: [3], folders: { data, runs, results } };
}
