import { z } from "zod";
import { FailureError } from "../errors.ts";

const cellSchema = z.looseObject({
  cell_type: z.enum(["code", "markdown", "raw"]),
  source: z.union([z.string(), z.array(z.string())]),
  metadata: z.looseObject({ tags: z.array(z.string()).optional() }),
});

/** The part of Jupyter's notebook format, version 4, that the kit touches. */
const notebookSchema = z.looseObject({
  cells: z.array(cellSchema),
  metadata: z.looseObject({}),
  nbformat: z.literal(4),
});
export type Notebook = z.infer<typeof notebookSchema>;

/** What a notebook says of its language, whichever program saved it last. */
const metadata = {
  kernelspec: { display_name: "TypeScript (tslab)", language: "typescript", name: "tslab" },
  language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" },
};

/**
 * Parses a notebook and brings its metadata into one form.
 *
 * @throws {FailureError} if the text is no notebook; names the file.
 */
export function readNotebook(text: string, file: string): Notebook {
  let got: string;
  try {
    const parsed = notebookSchema.safeParse(JSON.parse(text));
    if (parsed.success) return { ...parsed.data, metadata };
    got = z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, " ");
  } catch {
    got = `${text.length} characters that are not JSON`;
  }
  throw new FailureError({
    rule: `${file} must be a Jupyter notebook of version 4`,
    got,
    remedy: "restore it from where it came",
  });
}

/** The text of a notebook's file, as Jupyter writes it. */
export const notebookText = (notebook: Notebook): string => `${JSON.stringify(notebook, undefined, 1)}\n`;

/**
 * A notebook with other parameters: a cell behind the one tagged `parameters` declares them anew, as papermill does.
 *
 * @param parameters - values by name; JSON. Without any the notebook stays as it is.
 */
export function withParameters(notebook: Notebook, parameters: Readonly<Record<string, unknown>>): Notebook {
  const at = notebook.cells.findIndex(({ metadata: { tags } }) => tags?.includes("parameters"));
  const lines = Object.entries(parameters).map(
    ([name, value]) => `const ${name} = ${JSON.stringify(value)};`,
  );
  if (at < 0 || lines.length === 0) return notebook;
  const injected = {
    cell_type: "code" as const,
    execution_count: null,
    id: "injected-parameters",
    metadata: { tags: ["injected-parameters"] },
    outputs: [],
    source: lines.join("\n"),
  };
  return { ...notebook, cells: notebook.cells.toSpliced(at + 1, 0, injected) };
}

/** A notebook whose cells of code were executed once each, in order; tslab leaves their numbers out. */
export function withCounts(notebook: Notebook): Notebook {
  let executed = 0;
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, execution_count: ++executed } : cell,
  );
  return { ...notebook, cells };
}

/** What a failed cell wrote to stderr, where nbconvert's own report quotes it: tslab tells of errors there only. */
const quotedByNbconvert = /^----- stderr -----\n(.*?)\n-{18}$/ms;

/**
 * The line that tells why an execution failed.
 *
 * @param report - what nbconvert wrote to stderr.
 */
export function kernelErrorOf(report: string): string {
  const linesOf = (text: string) => text.split("\n").flatMap((line) => line.trim() || []);
  const quoted = quotedByNbconvert.exec(report)?.[1];
  if (quoted === undefined) return linesOf(report).at(-1) ?? "";
  const lines = linesOf(quoted);
  return lines.find((line) => /error\b/i.test(line)) ?? lines[0] ?? "";
}
