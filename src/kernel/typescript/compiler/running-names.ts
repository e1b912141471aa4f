/** How the code of a cell calls what the kernel hands to it. */
export const cellHost = "__cell";

/** What stands before an imported module's name, so that nobody else's `require` is meant. */
export const modulePrefix = "import:";

/** What stands before an earlier cell's name. */
export const cellPrefix = "cell:";

/** The function that a cell's code becomes. */
export const cellBody = "__cellBody";
