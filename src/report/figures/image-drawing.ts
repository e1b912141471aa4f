import crc32 from "crc-32";
import { escapeHtml } from "../escape-html.ts";
import { findBrowser } from "../find-browser.ts";
import { plotlyScriptFile } from "../plotly-script.ts";
import { theme } from "../theme.ts";
import { captioned } from "./captioned.ts";
import type { Figure } from "./figure.ts";
import { wrapText } from "./wrap-text.ts";

export const imageFormats = ["svg", "png"] as const;
export type ImageFormat = (typeof imageFormats)[number];

/** Pixels of a PNG for each pixel of the drawing, for print and dense screens. */
const pixelScale = 2;

/** The part of Plotly that runs in the page. */
declare const Plotly: {
  toImage(
    figure: unknown,
    options: { format: ImageFormat; width: number; height: number; scale: number },
  ): Promise<string>;
};

/**
 * Makes the page's chance follow from a seed, by Park and Miller's generator. Plotly names the parts of a drawing by chance: so one
 * figure's drawing is the same each time, and two figures on one page do not share names.
 */
function seedChance(seed: number): void {
  let state = 1 + (seed % 2_147_483_646);
  Math.random = () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Draws figures as static images in a Chromium that was started for it. */
export interface ImageDrawing {
  /**
   * A figure with its title and caption.
   *
   * @param width - in pixels; a PNG has twice as many.
   * @returns a file's content; an SVG has the figure's description as its title.
   */
  draw(figure: Figure, format: ImageFormat, width: number): Promise<Buffer>;
  /** Ends the browser. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a headless Chromium in which Plotly draws.
 *
 * @param searchPath - where it is looked for. @default the environment's PATH
 * @returns undefined where there is none.
 * @example
 * await using drawing = await openDrawing();
 * const svg = await drawing?.draw(figure, "svg", 760);
 */
export async function openDrawing(searchPath?: string): Promise<ImageDrawing | undefined> {
  const executablePath = findBrowser(searchPath);
  if (executablePath === undefined) return;
  const { chromium } = await import("playwright-core");
  // Signals belong to the process, such as a kernel, and not to the browser.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  const browser = await chromium.launch({ executablePath, ...signals });
  const page = await browser.newPage();
  await page.addScriptTag({ path: plotlyScriptFile() });
  return {
    async draw(figure, format, width) {
      const drawn = captioned(figure, width);
      const scale = format === "png" ? pixelScale : 1;
      const options = { format, width, height: drawn.layout.height as number, scale };
      // As text: the type of what Playwright hands over has no end for nested JSON.
      const what = JSON.stringify(drawn);
      await page.evaluate(seedChance, crc32.str(what) >>> 0);
      const url = await page.evaluate(([what, how]) => Plotly.toImage(JSON.parse(what), how), [
        what,
        options,
      ] as const);
      const content = url.slice(url.indexOf(",") + 1);
      if (format === "png") return Buffer.from(content, "base64");
      return Buffer.from(described(decodeURIComponent(content), figure.altText));
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

/** The drawing with a title for its content. */
const described = (svg: string, altText: string) =>
  svg.replace(
    /^<svg([^>]*)>/,
    (_, attributes) => `<svg${attributes} role="img"><title>${escapeHtml(altText)}</title>`,
  );

/** What stands in a figure's place where no Chromium was found: that it is missing, why, and how it comes back. */
export function noImageSvg({ title, caption, altText }: Figure, width: number): string {
  const note =
    "No static image: Plotly draws it in Chromium, and there was none. With one (sudo apt install chromium) it is drawn when this is run again.";
  const lines = [title, note, altText, caption].flatMap((text) => [
    ...wrapText(text, Math.floor((width - 40) / 7)),
    "",
  ]);
  const height = 24 + lines.length * 18;
  const texts = lines.map((line, i) => `<text x="20" y="${32 + i * 18}">${escapeHtml(line)}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${escapeHtml(theme.font)}" font-size="${theme.fontSize}" fill="${theme.text}"><title>${escapeHtml(altText)}</title><rect x="1" y="1" width="${width - 2}" height="${height - 2}" fill="${theme.background}" stroke="${theme.muted}" stroke-dasharray="6 4"/>${texts.join("")}</svg>`;
}
