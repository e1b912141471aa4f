import type TS from "typescript";
import type { DeclaredName, ImportSource, NameKind } from "./declared-name.ts";
import { ts } from "./typescript.ts";

/** What a statement at the top of a cell declares for the cells after it. */
export function declaredNames(statement: TS.Statement): DeclaredName[] {
  if (ts.isImportDeclaration(statement)) return importedNames(statement);
  const isExported =
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  const declare = (name: string, kind: NameKind): DeclaredName => ({
    name,
    kind,
    isType: kind === "type",
    isExported,
  });
  if (ts.isVariableStatement(statement)) {
    const { flags, declarations } = statement.declarationList;
    // What `using` declares is disposed of when its cell ends.
    if (flags & ts.NodeFlags.Using) return [];
    const kind = flags & ts.NodeFlags.Const ? "constant" : "variable";
    return declarations.flatMap(({ name }) => boundNames(name)).map((name) => declare(name, kind));
  }
  const kind = declarationKinds.get(statement.kind);
  const name = kind && (statement as TS.DeclarationStatement).name;
  return name && ts.isIdentifier(name) && !isGlobal(statement) ? [declare(name.text, kind)] : [];
}

const declarationKinds = new Map<TS.SyntaxKind, NameKind>([
  [ts.SyntaxKind.FunctionDeclaration, "function"],
  [ts.SyntaxKind.ClassDeclaration, "class"],
  [ts.SyntaxKind.EnumDeclaration, "enum"],
  [ts.SyntaxKind.ModuleDeclaration, "namespace"],
  [ts.SyntaxKind.InterfaceDeclaration, "type"],
  [ts.SyntaxKind.TypeAliasDeclaration, "type"],
  // `import fs = require("node:fs")`, which is a constant with a namespace of types.
  [ts.SyntaxKind.ImportEqualsDeclaration, "import"],
]);

/** `declare global { … }` declares nothing that is the cell's. */
const isGlobal = (statement: TS.Statement) => (statement.flags & ts.NodeFlags.GlobalAugmentation) !== 0;

/** Names in a declaration such as `{ a, b: [c] }`. */
export const boundNames = (name: TS.BindingName): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []));

function importedNames({ importClause, moduleSpecifier }: TS.ImportDeclaration): DeclaredName[] {
  if (!importClause || !ts.isStringLiteral(moduleSpecifier)) return [];
  const specifier = moduleSpecifier.text;
  const isTypes = importClause.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const imported = ({ text: name }: TS.Identifier, there: string, isType = isTypes): DeclaredName => {
    const source: ImportSource = { specifier, imported: there };
    return { name, kind: "import", isType, source, isExported: false };
  };
  const { name, namedBindings } = importClause;
  const byDefault = name ? [imported(name, "default")] : [];
  if (!namedBindings) return byDefault;
  if (ts.isNamespaceImport(namedBindings)) return [...byDefault, imported(namedBindings.name, "*")];
  const named = namedBindings.elements.map((element) =>
    imported(element.name, (element.propertyName ?? element.name).text, isTypes || element.isTypeOnly),
  );
  return [...byDefault, ...named];
}
