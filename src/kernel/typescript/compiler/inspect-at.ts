import type TS from "typescript";
import type { MimeBundle } from "../../../notebook/mime-bundle.ts";
import { ts } from "./typescript.ts";

/**
 * What is known of the name at the cursor or, where none is, of the function whose arguments are being typed.
 *
 * @param start - of the code in the module `file`.
 * @param offset - of the cursor in the code.
 */
export function inspectAt(
  service: TS.LanguageService,
  file: string,
  start: number,
  offset: number,
): MimeBundle | null {
  for (const position of [offset, offset - 1]) {
    const info = position < 0 ? undefined : service.getQuickInfoAtPosition(file, start + position);
    if (info) return bundleOf(declarationOf(info), info);
  }
  const help = service.getSignatureHelpItems(file, start + offset, undefined);
  const signature = help?.items[help.selectedItemIndex];
  return help && signature ? bundleOf(signatures(help).join("\n"), signature) : null;
}

/** An earlier cell's name is imported behind the scenes. */
const declarationOf = ({ displayParts }: TS.QuickInfo) =>
  ts.displayPartsToString(displayParts).replace(/^\(alias\) |\nimport .*$/g, "");

/** All ways to call a function, first the one that fits what was typed. */
const signatures = ({ items, selectedItemIndex }: TS.SignatureHelpItems): string[] =>
  [...items.slice(selectedItemIndex), ...items.slice(0, selectedItemIndex)].map(
    ({ prefixDisplayParts, parameters, separatorDisplayParts, suffixDisplayParts }) => {
      const separator = ts.displayPartsToString(separatorDisplayParts);
      const all = parameters.map(({ displayParts }) => ts.displayPartsToString(displayParts)).join(separator);
      return ts.displayPartsToString(prefixDisplayParts) + all + ts.displayPartsToString(suffixDisplayParts);
    },
  );

function bundleOf(
  declaration: string,
  { documentation, tags }: Pick<TS.QuickInfo, "documentation" | "tags">,
): MimeBundle {
  const notes = [
    ts.displayPartsToString(documentation),
    ...(tags ?? []).map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`.trimEnd()),
  ].filter((text) => text !== "");
  return {
    "text/plain": [declaration, ...notes].join("\n\n"),
    "text/markdown": [`\`\`\`typescript\n${declaration}\n\`\`\``, ...notes].join("\n\n"),
  };
}
