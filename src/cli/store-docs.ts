import { readFileSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { withMethodTables } from "../paper/methods-page.ts";
import { projectFolder } from "../setup/project-folder.ts";

/** `npm run docs`: makes the tables of `docs/methods.md` anew from the methods. */
const page = path.join(projectFolder, "docs/methods.md");
await writeFileAtomic(page, withMethodTables(readFileSync(page, "utf8")));
