/** A part of a pattern: `*`, or what one character must be. */
type Part = "*" | ((character: string) => boolean);

/**
 * Whether a whole text matches a pattern in which `*` is any text, `?` any character and `[…]` one of these. It takes at most as
 * many steps as the lengths of both multiplied, whatever the pattern: only the last `*` is ever tried again.
 *
 * @example globMatcher("1 + ?")("1 + 2"); // → true
 */
export function globMatcher(pattern: string): (text: string) => boolean {
  const parts = partsOf(pattern);
  return (text) => matchesAll(parts, [...text]);
}

function matchesAll(parts: readonly Part[], text: readonly string[]): boolean {
  let at = 0;
  let part = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    const here = parts[part];
    if (here === "*") {
      star = part++;
      starAt = at;
    } else if (here?.(text[at] ?? "")) {
      at++;
      part++;
    } else if (star >= 0) {
      part = star + 1;
      at = ++starAt;
    } else return false;
  }
  return parts.slice(part).every((rest) => rest === "*");
}

function partsOf(pattern: string): Part[] {
  const found = pattern.match(/\[\^?[^\]]+\]|[\s\S]/gu) ?? [];
  return found
    .filter((text, i) => !(text === "*" && found[i - 1] === "*"))
    .map((text) => {
      if (text === "*") return "*";
      if (text === "?") return () => true;
      return text.length > 2 && text.startsWith("[")
        ? oneOf(text.slice(1, -1))
        : (character) => character === text;
    });
}

/** What stands in brackets: characters, and ranges such as `a-z`; behind `^` or `!` all others. */
function oneOf(inside: string): (character: string) => boolean {
  const isNegated = /^[\^!]/.test(inside) && inside.length > 1;
  const ranges = (isNegated ? inside.slice(1) : inside).match(/[\s\S]-[\s\S]|[\s\S]/gu) ?? [];
  return (character) => isNegated !== ranges.some((range) => isIn(character, [...range]));
}

const isIn = (character: string, [first = "", dash, last]: readonly string[]): boolean =>
  dash === undefined || last === undefined ? character === first : character >= first && character <= last;
