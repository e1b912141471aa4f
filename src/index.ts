/** The public list: what `import … from "h2t-kit"` gives. */
export { FailureError, KitError, UsageError } from "./errors.ts";
