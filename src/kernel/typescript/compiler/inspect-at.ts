import type TS from "typescript";
import type { MimeBundle } from "../../../mime-bundle.ts";
import { ts } from "./typescript.ts";

/**
 * What is known of the name at the cursor or, behind an open bracket, of the function that is called.
 *
 * @param start - of the code in the module `file`.
 * @param offset - of the cursor in the code.
 */
export function inspectAt(
  service: TS.LanguageService,
  file: string,
  start: number,
  code: string,
  offset: number,
): MimeBundle | null {
  const called = code.slice(0, offset).search(/\s*\([^()]*$/);
  for (const position of [offset, offset - 1, called - 1]) {
    const info = position < 0 ? undefined : service.getQuickInfoAtPosition(file, start + position);
    if (info) return bundleOf(info);
  }
  return null;
}

function bundleOf({ displayParts, documentation, tags }: TS.QuickInfo): MimeBundle {
  // An earlier cell's name is imported behind the scenes.
  const declaration = ts.displayPartsToString(displayParts).replace(/^\(alias\) |\nimport .*$/g, "");
  const told = [
    ts.displayPartsToString(documentation),
    ...(tags ?? []).map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`.trimEnd()),
  ].filter((text) => text !== "");
  return {
    "text/plain": [declaration, ...told].join("\n\n"),
    "text/markdown": [`\`\`\`typescript\n${declaration}\n\`\`\``, ...told].join("\n\n"),
  };
}
