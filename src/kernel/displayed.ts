/** Something shown below a cell, by which something else can be shown in its place. */
export class Displayed {
  readonly id: string;
  readonly #update: (value: unknown) => void;

  constructor(id: string, update: (value: unknown) => void) {
    this.id = id;
    this.#update = update;
  }

  /** Shows something else in its place. */
  readonly update = (value: unknown): void => this.#update(value);
}

/** Whether a value is nothing but what is shown already. */
export const isDisplayed = (value: unknown): boolean =>
  value instanceof Displayed || (Array.isArray(value) && value.length > 0 && value.every(isDisplayed));
