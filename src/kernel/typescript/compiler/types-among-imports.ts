import type TS from "typescript";
import { ts } from "./typescript.ts";

/** Names that a module imports and that are types only: nothing of them exists when code runs. */
export function typesAmongImports(service: TS.LanguageService, file: string): ReadonlySet<string> {
  const types = new Set<string>();
  const program = service.getProgram();
  const checker = program?.getTypeChecker();
  for (const statement of program?.getSourceFile(file)?.statements ?? []) {
    if (!checker || !ts.isImportDeclaration(statement)) continue;
    for (const name of localNames(statement)) {
      const symbol = checker.getSymbolAtLocation(name);
      if (symbol && isType(checker, symbol)) types.add(name.text);
    }
  }
  return types;
}

function localNames({ importClause }: TS.ImportDeclaration): TS.Identifier[] {
  const { name, namedBindings } = importClause ?? {};
  const named = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
  return [...(name ? [name] : []), ...named.map((element) => element.name)];
}

/** Not of what comes from a package without types, of which nothing is known. */
function isType(checker: TS.TypeChecker, symbol: TS.Symbol): boolean {
  if (symbol.declarations?.some((declaration) => ts.isTypeOnlyImportDeclaration(declaration))) return true;
  const { flags } = checker.getAliasedSymbol(symbol);
  return (flags & ts.SymbolFlags.Value) === 0 && (flags & ts.SymbolFlags.Type) !== 0;
}
