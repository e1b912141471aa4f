import { z } from "zod";

/** What each kind of request asks, as the protocol has it, with its defaults. @source Jupyter messaging protocol 5.4. */
export const contents = {
  execute: z
    .object({
      code: z.string(),
      silent: z.boolean().default(false),
      store_history: z.boolean().default(true),
      user_expressions: z.record(z.string(), z.string()).default({}),
      allow_stdin: z.boolean().default(true),
      stop_on_error: z.boolean().default(true),
    })
    .transform((asked) => ({ ...asked, store_history: asked.store_history && !asked.silent })),
  complete: z.object({ code: z.string(), cursor_pos: z.int().min(0) }),
  /** A front end may also ask for more detail; there is one level. */
  inspect: z.object({ code: z.string(), cursor_pos: z.int().min(0) }),
  isComplete: z.object({ code: z.string() }),
  history: z.intersection(
    z.object({ output: z.boolean().default(false) }),
    z.discriminatedUnion("hist_access_type", [
      z.object({ hist_access_type: z.literal("range"), start: z.int().default(1), stop: z.int().nullish() }),
      z.object({ hist_access_type: z.literal("tail"), n: z.int().default(100) }),
      z.object({
        hist_access_type: z.literal("search"),
        pattern: z.string().default("*"),
        n: z.int().nullish(),
        unique: z.boolean().default(false),
      }),
    ]),
  ),
  commOpen: z.object({ comm_id: z.string() }),
  inputReply: z.object({ value: z.string() }),
} as const;

/** How a cell is to be run. */
export type ExecuteContent = z.infer<typeof contents.execute>;
