import { fileURLToPath } from "node:url";

/** The folder that holds package.json, wherever the command was called from; without a trailing slash. */
export const projectFolder: string = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");
