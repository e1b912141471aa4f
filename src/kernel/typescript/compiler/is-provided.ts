import { cellGlobals } from "./cell-globals.ts";

const parameters = new Set(["exports", "require", "module", "__filename", "__dirname"]);
const declared = new Set(
  [...cellGlobals.matchAll(/^declare (?:const|function) (\w+)/gm)].map(([, name]) => name),
);

/** Whether Node or the kernel gives a name to cells. */
export const isProvided = (name: string): boolean =>
  parameters.has(name) || declared.has(name) || name in globalThis;
