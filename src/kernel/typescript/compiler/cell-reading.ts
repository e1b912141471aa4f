import type TS from "typescript";
import type { CellText } from "./cell-text.ts";
import type { DeclaredName } from "./declared-name.ts";
import { declaredNames } from "./declared-names.ts";
import { hoistedNames } from "./hoisted-names.ts";
import { cellHost, modulePrefix } from "./running-names.ts";
import { ts } from "./typescript.ts";

/** Replaces `[start, end)` of a text; start equals end where something is put in. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** An import or re-export of a cell. */
export interface ModuleRequest {
  readonly specifier: string;
  /** The names that it declares; a module is loaded for the first that is more than a type, and for none at all. */
  readonly names: readonly string[];
}

/** What one look at a cell's code tells. */
export interface CellReading {
  readonly names: readonly DeclaredName[];
  /** Every identifier in the code. */
  readonly mentioned: ReadonlySet<string>;
  readonly requests: readonly ModuleRequest[];
  /** What makes of the code a module that the kernel can run. */
  readonly edits: readonly Edit[];
}

/** Reads a cell. */
export function readCell({ text, commands, isObject, isJsx }: CellText): CellReading {
  // Brackets make an object of what would be a block; what stands in them is one further than in the cell.
  const shift = isObject ? 1 : 0;
  const source = isObject ? `(${text}\n)` : text;
  const kind = isJsx ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile("cell", source, ts.ScriptTarget.ESNext, true, kind);
  const declared = file.statements.flatMap((statement) => declaredNames(statement));
  const known = new Set(declared.map(({ name }) => name));
  const hoisted = file.statements.flatMap(hoistedNames).filter(({ name }) => !known.has(name));
  const mentioned = new Set<string>();
  const edits: Edit[] = [];
  const edit = (start: number, end: number, text: string) =>
    void edits.push({ start: start - shift, end: end - shift, text });
  const put = (position: number, text: string) => edit(position, position, text);
  const replace = (node: TS.Node, text: string) => edit(node.getStart(file), node.end, text);
  const wrap = (node: TS.Expression, call: string) => {
    put(node.getStart(file), `${cellHost}.${call}(`);
    visit(node);
    put(node.end, ")");
  };
  const visit = (node: TS.Node): void => {
    if (ts.isIdentifier(node)) mentioned.add(node.text);
    if (ts.isAwaitExpression(node)) wrap(node.expression, "resume");
    else if (isImportMeta(node)) replace(node, `${cellHost}.meta`);
    else {
      if (isImportCall(node)) replace(node.expression, `${cellHost}.load`);
      ts.forEachChild(node, visit);
    }
  };
  for (const statement of file.statements) {
    const specifier = moduleSpecifier(statement);
    if (specifier) replace(specifier, JSON.stringify(modulePrefix + specifier.text));
    if (needsExport(statement)) put(statement.getStart(file), "export ");
    if (statement === file.statements.at(-1) && ts.isExpressionStatement(statement))
      wrap(isObject ? insideBrackets(statement.expression) : statement.expression, "end");
    else visit(statement);
  }
  for (const { start, end, command } of commands) {
    edits.push({ start, end, text: `await ${cellHost}.shell(${JSON.stringify(command)});` });
  }
  if (hoisted.length > 0)
    put(text.length, `\nexport { ${[...new Set(hoisted.map(({ name }) => name))].join(", ")} };`);
  return {
    names: [...declared, ...hoisted],
    mentioned,
    requests: file.statements.flatMap(moduleRequests),
    edits,
  };
}

const insideBrackets = (expression: TS.Expression) =>
  ts.isParenthesizedExpression(expression) ? expression.expression : expression;

const isImportMeta = (node: TS.Node): boolean =>
  ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword;

const isImportCall = (node: TS.Node): node is TS.CallExpression =>
  ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;

const needsExport = (statement: TS.Statement) =>
  !ts.isImportDeclaration(statement) && declaredNames(statement).some(({ isExported }) => !isExported);

function moduleSpecifier(statement: TS.Statement): TS.StringLiteral | undefined {
  const mayName = ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement);
  const specifier = mayName ? statement.moduleSpecifier : undefined;
  return specifier && ts.isStringLiteral(specifier) ? specifier : undefined;
}

function moduleRequests(statement: TS.Statement): ModuleRequest[] {
  const specifier = moduleSpecifier(statement)?.text;
  if (specifier === undefined) return [];
  return [{ specifier, names: declaredNames(statement).map(({ name }) => name) }];
}
