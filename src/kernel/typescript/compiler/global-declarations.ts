import type TS from "typescript";
import { boundNames } from "./declared-names.ts";
import { ts } from "./typescript.ts";

/** A statement in a cell's `declare global`. */
interface GlobalDeclaration {
  /** What it declares; of an interface its members, for several cells may add to one. */
  readonly names: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** Everything that code declares for all cells. */
export function globalDeclarations(text: string): GlobalDeclaration[] {
  if (!/\bglobal\b/.test(text)) return [];
  const file = ts.createSourceFile("cell.ts", text, ts.ScriptTarget.ESNext, true);
  return file.statements.filter(isGlobal).flatMap(({ body }) =>
    body && ts.isModuleBlock(body)
      ? body.statements.map((statement) => ({
          names: namesIn(statement),
          start: statement.getStart(file),
          end: statement.end,
        }))
      : [],
  );
}

/** Code without its global declarations of some names, which a later cell declares; places stay as they are. */
export function withoutGlobals(text: string, names: ReadonlySet<string>): string {
  let left = text;
  for (const { names: own, start, end } of globalDeclarations(text)) {
    if (!own.some((name) => names.has(name))) continue;
    left = left.slice(0, start) + left.slice(start, end).replace(/[^\n]/g, " ") + left.slice(end);
  }
  return left;
}

const isGlobal = (statement: TS.Statement): statement is TS.ModuleDeclaration =>
  ts.isModuleDeclaration(statement) && (statement.flags & ts.NodeFlags.GlobalAugmentation) !== 0;

function namesIn(statement: TS.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  const name = (statement as TS.DeclarationStatement).name?.getText();
  if (!ts.isInterfaceDeclaration(statement)) return name === undefined ? [] : [name];
  return statement.members.map((member) => `${name}.${member.name?.getText()}`);
}
