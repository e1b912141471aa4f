import type TS from "typescript";
import type { DeclaredName } from "./declared-name.ts";
import { boundNames } from "./declared-names.ts";
import { ts } from "./typescript.ts";

/** What `var` declares inside a statement at the top of a cell, such as a loop: names of the whole cell. */
export function hoistedNames(statement: TS.Statement): DeclaredName[] {
  const names: string[] = [];
  const visit = (node: TS.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node)) return;
    const isVar = ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped);
    if (isVar) names.push(...node.declarations.flatMap(({ name }) => boundNames(name)));
    ts.forEachChild(node, visit);
  };
  if (!ts.isVariableStatement(statement)) visit(statement);
  return names.map((name) => ({ name, kind: "variable", isType: false, isExported: false }));
}
