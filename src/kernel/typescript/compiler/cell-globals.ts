/** What cells find without an import, declared for the compiler; `offer-globals.ts` makes them real. */
export const cellGlobals = `
/** Something shown below a cell. */
interface Displayed {
  readonly id: string;
  /** Shows something else in its place. */
  update(value: unknown): void;
}
/**
 * Shows a value below the cell: an image, a table, a figure, whatever ends a cell.
 *
 * @param options - \`id\` names the place; with \`update\` what is shown there is replaced.
 */
declare function display(value: unknown, options?: { readonly id?: string; readonly update?: boolean }): Displayed;
/** Removes what the cell has shown; with \`wait\` only when something new is shown. */
declare function clearOutput(options?: { readonly wait?: boolean }): void;
/** Asks the user for a line of text. */
declare function prompt(question?: string, options?: { readonly password?: boolean }): Promise<string>;
/** Aborted when the user stops the cell. A cell that looks at it may end in its own way, such as by writing a checkpoint. */
declare const interruption: AbortSignal;
`;
