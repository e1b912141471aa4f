import type { MimeBundle } from "../../notebook/mime-bundle.ts";
import { escapeHtml } from "../escape-html.ts";
import { displaySymbol, showPlain } from "../show-value.ts";

/** Content that shows itself in a format of its own. */
export class RichContent {
  readonly #bundle: MimeBundle;

  constructor(bundle: MimeBundle) {
    this.#bundle = bundle;
  }

  [displaySymbol](): MimeBundle {
    return this.#bundle;
  }

  toString(): string {
    return String(this.#bundle["text/plain"]);
  }
}

const textOf = (type: string) => (content: unknown) => {
  const text = String(content);
  return new RichContent({ [type]: text, "text/plain": text });
};

/** Content in the formats that `display` has a method for, by its name. */
export const formats = {
  html: textOf("text/html"),
  markdown: textOf("text/markdown"),
  svg: textOf("image/svg+xml"),
  latex: textOf("text/latex"),
  json: (content: unknown) =>
    new RichContent({ "application/json": jsonOf(content), "text/plain": showPlain(content) }),
} as const;

/** JSON types hold objects; what JSON cannot hold is left out. */
function jsonOf(content: unknown): unknown {
  const text: string | undefined = JSON.stringify(content);
  return text === undefined ? null : JSON.parse(text);
}

/**
 * The tag of HTML: what is put in is text, unless it is HTML itself, and of a list each of it.
 *
 * @example html`<b>${name}</b>`
 */
export function html(parts: readonly string[], ...values: readonly unknown[]): RichContent {
  const put = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(put).join("");
    if (value instanceof RichContent) return value.toString();
    return value === undefined || value === null || value === false ? "" : escapeHtml(String(value));
  };
  return formats.html(parts.map((part, i) => part + (i < values.length ? put(values[i]) : "")).join(""));
}
