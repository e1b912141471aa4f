import type { Locator, Page } from "playwright-core";

/** The first figure of a notebook or cell in JupyterLab, as its reader points at it. */
export class ShownFigure {
  readonly #page: Page;
  readonly #plot: Locator;
  readonly #image: Locator;

  /** @param place - a notebook or what stands below a cell. */
  constructor(place: Locator) {
    this.#page = place.page();
    this.#plot = place.locator(".js-plotly-plot").first();
    this.#image = place.locator(".jp-RenderedPlotly .plot-img").first();
  }

  /** Waits until Plotly has drawn it: one with a PNG beside it shows that first, until it is pointed at. */
  async draw(): Promise<void> {
    const point = this.#plot.locator(".point").first();
    await point
      .or(this.#image.and(this.#page.locator(":visible")))
      .first()
      .waitFor({ state: "attached" });
    if (await this.#image.isVisible()) await this.#point(this.#image);
    await point.waitFor({ state: "attached" });
  }

  /** How many points and bars are drawn. */
  countPoints(): Promise<number> {
    return this.#plot.locator(".point").count();
  }

  /** What stands beside a point that is pointed at. */
  async labelOf(point: number): Promise<string> {
    const label = this.#plot.locator(".hoverlayer .hovertext");
    await this.#page.mouse.move(0, 0);
    await this.#point(this.#plot.locator(".point").nth(point));
    await label.first().waitFor();
    return (await label.allTextContents()).join("\n");
  }

  /** Moves the pointer to a place, over which Plotly lays what it listens by. */
  async #point(place: Locator): Promise<void> {
    await place.scrollIntoViewIfNeeded();
    const box = await place.boundingBox();
    if (box === null) throw new Error("a figure's part must be seen before it is pointed at");
    await this.#page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  }
}
