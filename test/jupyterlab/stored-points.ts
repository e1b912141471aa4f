import { readFile } from "node:fs/promises";
import { z } from "zod";

const packed = z.object({ dtype: z.literal("f4"), bdata: z.string() });
const trace = z.object({
  type: z.enum(["bar", "scatter"]),
  mode: z.string().default("markers"),
  x: z.union([z.array(z.unknown()), packed]),
});
const outputs = z.array(
  z.object({
    data: z
      .object({ "application/vnd.plotly.v1+json": z.object({ data: z.array(trace) }) })
      .optional()
      .catch(undefined),
  }),
);
const notebook = z.object({ cells: z.array(z.object({ outputs: outputs.default([]) })) });

/** How many points and bars the first figure that is stored in a notebook has; points of mere lines are not drawn. */
export async function storedPoints(file: string): Promise<number> {
  const { cells } = notebook.parse(JSON.parse(await readFile(file, "utf8")));
  const [figure] = cells.flatMap(({ outputs }) => outputs.flatMap(({ data }) => data ?? []));
  const traces = figure?.["application/vnd.plotly.v1+json"].data ?? [];
  return traces
    .filter(({ mode }) => mode.includes("markers"))
    .reduce((sum, { x }) => sum + ("bdata" in x ? Buffer.from(x.bdata, "base64").length / 4 : x.length), 0);
}
