/** What cells find without an import, declared for the compiler; `offer-globals.ts` makes them real. */
export const cellGlobals = `
/** Something shown below a cell. */
interface Displayed {
  readonly id: string;
  /** Shows something else in its place. */
  update(value: unknown): void;
}
/** How something is shown. */
interface DisplayOptions {
  /** Names the place. */
  readonly id?: string;
  /** Replaces what is shown there. */
  readonly update?: boolean;
}
/** Content that shows itself in a format of its own. */
interface RichContent {
  toString(): string;
}
declare const display: {
  /**
   * Shows a value below the cell: an image, a table, a figure, whatever ends a cell.
   *
   * @param options - \`id\` names the place; with \`update\` what is shown there is replaced.
   */
  (value: unknown, options?: DisplayOptions): Displayed;
  /** Shows HTML. */
  html(content: unknown, options?: DisplayOptions): Displayed;
  /** Shows Markdown. */
  markdown(content: unknown, options?: DisplayOptions): Displayed;
  /** Shows an SVG drawing. */
  svg(content: unknown, options?: DisplayOptions): Displayed;
  /** Shows a formula, such as \`$x^2$\`. */
  latex(content: unknown, options?: DisplayOptions): Displayed;
  /** Shows an object as a tree. */
  json(content: unknown, options?: DisplayOptions): Displayed;
};
/** The tag of HTML, in which \`\${…}\` is text unless it is HTML itself. */
declare function html(parts: TemplateStringsArray, ...values: readonly unknown[]): RichContent;
/** Removes what the cell has shown; with \`wait\` only when something new is shown. */
declare function clearOutput(options?: { readonly wait?: boolean }): void;
/** Asks the user for a line of text. */
declare function prompt(question?: string, options?: { readonly password?: boolean }): Promise<string>;
/** Aborted when the user stops the cell. A cell that looks at it may end in its own way, such as by writing a checkpoint. */
declare const interruption: AbortSignal;
`;
