import { AsyncLocalStorage } from "node:async_hooks";
import type { CellContext } from "./language-engine.ts";

/** The cell that began the work which runs just now, through timers and promises and after the cell's end. */
export const currentCell = new AsyncLocalStorage<CellContext>();
