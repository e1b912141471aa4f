import { z } from "zod";

/** Front ends may add fields of their own, which come back in the parent header of what answers. */
export const headerSchema = z.looseObject({
  msg_id: z.string(),
  msg_type: z.string(),
  session: z.string(),
});

/** Who sent a message, when, and what it is. */
export type Header = z.infer<typeof headerSchema>;

/** The sockets on which front ends ask and are answered. */
export type Channel = "shell" | "control" | "stdin";

/** A message from a front end. */
export interface Request {
  readonly channel: Channel;
  /** The way back to the front end. */
  readonly identities: readonly Uint8Array[];
  readonly header: Header;
  /** As it came; each kind of message checks its own. */
  readonly content: unknown;
}
