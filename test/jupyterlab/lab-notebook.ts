import path from "node:path";
import type { Browser, Locator, Page } from "playwright-core";

/** Milliseconds in which things appear, even on a machine that does much else. */
const patience = 45_000;

/** The notebook whose tab is in front. */
const shown = ".jp-NotebookPanel:not(.lm-mod-hidden)";

/** A notebook as its reader sees it, who types into its last cell and looks at what comes below. */
export class LabNotebook {
  readonly page: Page;
  readonly #cells: Locator;

  /** @param lab - where JupyterLab's page is. */
  static async open(browser: Browser, lab: URL, file: string): Promise<LabNotebook> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(patience);
    await page.goto(`${lab.origin}${lab.pathname}/tree/${file}${lab.search}`);
    await page.locator(".jp-StatusBar-TextItem", { hasText: "| Idle" }).waitFor();
    return new LabNotebook(page);
  }

  private constructor(page: Page) {
    this.page = page;
    this.#cells = page.locator(".jp-Notebook .jp-CodeCell");
  }

  /** Types into the last cell. */
  async type(code: string): Promise<void> {
    await this.#cells.last().locator(".cm-content").click();
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.insertText(code);
  }

  /** Starts what stands in the last cell, behind which comes an empty one. */
  async start(): Promise<LabCell> {
    const count = await this.#cells.count();
    await this.page.keyboard.press("Shift+Enter");
    await this.#cells.nth(count).waitFor();
    return new LabCell(this.#cells.nth(count - 1));
  }

  /** Types code into the last cell and runs it until it has ended. */
  async run(code: string): Promise<LabCell> {
    await this.type(code);
    const cell = await this.start();
    await cell.ended();
    return cell;
  }

  /** Opens another notebook of the folder in a tab beside, and returns the tab's content. */
  async openBeside(file: string): Promise<Locator> {
    await this.page.locator(".jp-DirListing-item", { hasText: file }).dblclick();
    await this.page.locator(".lm-TabBar-tab.lm-mod-current", { hasText: file }).waitFor();
    return this.page.locator(shown);
  }

  /** Presses the button that stops the cell that runs. */
  async stop(): Promise<void> {
    await this.page.locator(`${shown} [data-command='notebook:interrupt-kernel']`).click();
  }

  /** Keeps what is seen now, for people, where they have named a folder for it: H2T_SCREENSHOTS. */
  async photograph(name: string): Promise<void> {
    const folder = process.env.H2T_SCREENSHOTS;
    if (folder) await this.page.screenshot({ path: path.join(folder, `${name}.png`) });
  }
}

/** A cell that was started, and what stands below it. */
export class LabCell {
  readonly output: Locator;
  readonly #prompt: Locator;

  constructor(cell: Locator) {
    this.output = cell.locator(".jp-Cell-outputArea");
    this.#prompt = cell.locator(".jp-InputPrompt");
  }

  /** Waits until the cell has ended. */
  async ended(): Promise<void> {
    await this.#prompt.filter({ hasText: /\[\d+\]/ }).waitFor();
  }

  async isRunning(): Promise<boolean> {
    return (await textOf(this.#prompt)) === "[*]:";
  }

  /** The `3` of `In[3]`, once it has ended. */
  async number(): Promise<number> {
    return Number(/\d+/.exec(await textOf(this.#prompt)));
  }

  /** The value that it ended in. */
  value(): Promise<string> {
    return textOf(this.output.locator(".jp-OutputArea-executeResult .jp-OutputArea-output"));
  }

  /** What stands on red. */
  errors(): Promise<string> {
    return textOf(this.output.locator("[data-mime-type='application/vnd.jupyter.stderr']"));
  }
}

/** What is read at a place. */
export const textOf = async (place: Locator): Promise<string> => ((await place.textContent()) ?? "").trim();
