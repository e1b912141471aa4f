import type TS from "typescript";
import type { LiveName } from "./declared-name.ts";
import { ts } from "./typescript.ts";

/** A value that exists while the notebook is open: where it begins, and the keys from there to it. */
export interface LivePath {
  readonly root:
    | { readonly kind: "cell"; readonly cell: string; readonly name: string }
    | { readonly kind: "module"; readonly specifier: string; readonly imported: string }
    | { readonly kind: "global"; readonly name: string };
  readonly keys: readonly string[];
}

/** Members that are typed: the part of the module that a name replaces, and whose members they are. */
export interface MemberTyping {
  readonly of: TS.Expression;
  readonly start: number;
  /** Whether it stands in quotes, as in `answer["name"]`. */
  readonly isQuoted: boolean;
}

/** What is typed at a position, if it is a member of something. */
export function memberTypedAt(file: TS.SourceFile, position: number): MemberTyping | undefined {
  const node = deepestEndingAt(file, position);
  const { parent } = node;
  if (ts.isPropertyAccessExpression(node)) return { of: node.expression, start: position, isQuoted: false };
  if (ts.isIdentifier(node) && ts.isPropertyAccessExpression(parent) && parent.name === node)
    return { of: parent.expression, start: Math.min(node.getStart(file), position), isQuoted: false };
  if (
    ts.isStringLiteralLike(node) &&
    ts.isElementAccessExpression(parent) &&
    parent.argumentExpression === node
  )
    return { of: parent.expression, start: node.getStart(file) + 1, isQuoted: true };
  return undefined;
}

/** The smallest node that ends at a position or holds it. */
export function deepestEndingAt(file: TS.SourceFile, position: number): TS.Node {
  let found: TS.Node = file;
  const visit = (node: TS.Node): void => {
    if (node.getFullStart() > position || node.end < position) return;
    if (node.getStart(file) < position || node === file) found = node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Whether types do not tell a value's members: it is any, or may have members of any name. */
export function isOpen(checker: TS.TypeChecker, expression: TS.Expression): boolean {
  const type = checker.getTypeAtLocation(expression);
  return (type.flags & ts.TypeFlags.Any) !== 0 || checker.getIndexInfosOfType(type).some(isByText);
}

const isByText = ({ keyType }: TS.IndexInfo) => (keyType.flags & ts.TypeFlags.String) !== 0;

/** The way to an expression's value through what earlier cells declared; undefined where running code would be needed. */
export function livePath(
  expression: TS.Expression,
  live: ReadonlyMap<string, LiveName>,
): LivePath | undefined {
  if (ts.isIdentifier(expression)) return { root: rootOf(expression.text, live), keys: [] };
  if (
    ts.isParenthesizedExpression(expression) ||
    ts.isNonNullExpression(expression) ||
    ts.isAsExpression(expression)
  )
    return livePath(expression.expression, live);
  const key = keyOf(expression);
  const before =
    key === undefined ? undefined : livePath((expression as TS.AccessExpression).expression, live);
  return before && key !== undefined ? { root: before.root, keys: [...before.keys, key] } : undefined;
}

function keyOf(expression: TS.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  if (!ts.isElementAccessExpression(expression)) return undefined;
  const { argumentExpression: key } = expression;
  return ts.isStringLiteralLike(key) || ts.isNumericLiteral(key) ? key.text : undefined;
}

function rootOf(name: string, live: ReadonlyMap<string, LiveName>): LivePath["root"] {
  const known = live.get(name);
  if (!known) return { kind: "global", name };
  if (known.source) return { kind: "module", ...known.source };
  return { kind: "cell", cell: known.cell, name };
}
