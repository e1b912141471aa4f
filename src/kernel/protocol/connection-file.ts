import { readFileSync } from "node:fs";
import { z } from "zod";
import { FailureError, UsageError } from "../../errors.ts";

const port = z.int().min(1).max(65535);
const schema = z.object({
  transport: z.literal("tcp").default("tcp"),
  ip: z.string().min(1),
  shell_port: port,
  iopub_port: port,
  stdin_port: port,
  control_port: port,
  hb_port: port,
  signature_scheme: z.literal("hmac-sha256").default("hmac-sha256"),
  /** Empty: messages are not signed. */
  key: z.string(),
});

/** Where a front end wants the kernel's sockets, and the key by which both sign messages. */
export type Connection = z.infer<typeof schema>;

/**
 * Reads the connection file that Jupyter writes for each kernel that it starts.
 *
 * @throws {UsageError} if it cannot be read.
 * @throws {FailureError} if it is no connection file.
 * @source Jupyter messaging protocol 5.4, "connection files".
 */
export function readConnectionFile(file: string): Connection {
  const remedy = "let Jupyter start the kernel: .venv/bin/python -m jupyterlab";
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    const got = `${file} (${cause instanceof Error ? cause.message : cause})`;
    throw new UsageError({ rule: "a kernel needs Jupyter's connection file", got, remedy }, { cause });
  }
  const { data, error } = schema.safeParse(jsonOf(text));
  if (data) return data;
  const reasons = error.issues.map(({ path, message }) => `${path.join(".") || "content"}: ${message}`);
  throw new FailureError({
    rule: `${file} must hold address, five ports and key as JSON`,
    got: reasons.join("; "),
    remedy,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
