import type { Completions } from "../language-engine.ts";
import type { CompilerCompletions } from "./compiler/completions-at.ts";
import type { LivePath } from "./compiler/live-path.ts";

/** Keys offered at once. */
const limit = 500;
const isName = (key: string) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key);

/**
 * Adds the keys that a value has now to what its types tell.
 *
 * @param find - finds where a path begins.
 * @param code - that is being typed.
 */
export function withLiveKeys(
  { live, ...typed }: CompilerCompletions,
  find: (root: LivePath["root"]) => unknown,
  code: string,
): Completions {
  if (!live) return typed;
  const value = live.path.keys.reduce<unknown>(ownValue, find(live.path.root));
  const begun = code.slice(typed.start, typed.end).toLowerCase();
  const known = new Set(typed.names);
  const keys = keysOf(value).filter(
    (key) => !known.has(key) && (live.isQuoted || isName(key)) && key.toLowerCase().startsWith(begun),
  );
  const added = keys.toSorted().slice(0, limit);
  return {
    ...typed,
    names: [...added, ...typed.names],
    kinds: [...added.map(() => "property"), ...typed.kinds],
  };
}

/** A property that is there, without calling anything of the user's. */
function ownValue(value: unknown, key: string): unknown {
  if (!isObject(value)) return undefined;
  for (let owner: unknown = value; isObject(owner); owner = Object.getPrototypeOf(owner)) {
    const property = Object.getOwnPropertyDescriptor(owner, key);
    if (property) return property.value;
  }
  return undefined;
}

/** Names of members, those of classes included but not those of every object. */
function keysOf(value: unknown): string[] {
  const keys = new Set<string>();
  for (
    let owner: unknown = value;
    isObject(owner) && !isBuiltIn(owner);
    owner = Object.getPrototypeOf(owner)
  ) {
    for (const key of Object.getOwnPropertyNames(owner)) if (!isIndex(key)) keys.add(key);
  }
  keys.delete("constructor");
  return [...keys];
}

const isObject = (value: unknown): value is object =>
  (typeof value === "object" || typeof value === "function") && value !== null;

const isBuiltIn = (value: object) => value === Object.prototype || value === Function.prototype;

const isIndex = (key: string) => /^\d+$/.test(key);
