import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { findBrowser } from "../../../src/report/find-browser.ts";
import { type PageContent, writePage } from "../../../src/report/page/page.ts";

/** Milliseconds in which things appear, even on a machine that does much else. */
const patience = 60_000;

/** The report page in a browser, without network, and what went wrong in it. */
export class ReportInBrowser {
  /** What the page wrote to its console as warning or error, and what it asked the network for. */
  readonly complaints: string[] = [];
  readonly #browser: Browser;
  readonly #folder: string;

  /** Writes the page to a folder of its own and starts a browser. */
  static async start(content: PageContent): Promise<ReportInBrowser> {
    const executablePath = findBrowser();
    if (executablePath === undefined) {
      throw new Error("this test drives Chromium, got none in PATH; type: sudo apt install chromium");
    }
    const folder = await mkdtemp(path.join(tmpdir(), "h2t-report-"));
    await writePage(path.join(folder, "index.html"), content);
    return new ReportInBrowser(await chromium.launch({ executablePath }), folder);
  }

  private constructor(browser: Browser, folder: string) {
    this.#browser = browser;
    this.#folder = folder;
  }

  /** Opens the page in a window so many pixels wide. */
  async open(width: number): Promise<Page> {
    const context = await this.#browser.newContext({ viewport: { width, height: 900 }, offline: true });
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) this.complaints.push(`asks for ${request.url()}`);
    });
    await page.goto(pathToFileURL(path.join(this.#folder, "index.html")).href);
    return page;
  }

  /** Ends the browser and takes the page away. */
  async end(): Promise<void> {
    await this.#browser.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Keeps what is seen of a page, for people, where they have named a folder for it: H2T_SCREENSHOTS. */
export async function photograph(page: Page, name: string): Promise<void> {
  const folder = process.env.H2T_SCREENSHOTS;
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}
