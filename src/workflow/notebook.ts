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
  kernelspec: { display_name: "TypeScript (h2t-kit)", language: "typescript", name: "h2t-ts" },
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

const sortNames = (_: string, value: unknown): unknown =>
  value === null || typeof value !== "object" || Array.isArray(value)
    ? value
    : Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The text of a notebook's file, with sorted names, as Jupyter writes it. */
export const notebookText = (notebook: Notebook): string => `${JSON.stringify(notebook, sortNames, 1)}\n`;

/** An executed notebook without papermill's times, empty lists and chance names: equal runs give equal notebooks. */
export function withoutTraces(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) => {
    const { papermill: _, execution: __, tags = [], ...others } = cell.metadata;
    const metadata = tags.length > 0 ? { ...others, tags } : others;
    return { ...cell, metadata, ...(tags.includes("injected-parameters") && { id: "injected-parameters" }) };
  });
  return { ...notebook, cells };
}

/** Where papermill quotes what the kernel said of the cell that failed. */
const quotedByPapermill = /^Exception encountered at .*:\n\s*(\S.*)$/m;

/**
 * The line that tells why an execution failed.
 *
 * @param report - what papermill wrote to stderr.
 */
export const kernelErrorOf = (report: string): string =>
  quotedByPapermill.exec(report)?.[1] ?? report.trim().split("\n").at(-1) ?? "";
