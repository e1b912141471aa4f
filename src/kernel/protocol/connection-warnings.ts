import { isIP } from "node:net";
import type { Connection } from "./connection-file.ts";

/** What whoever runs the kernel should know of how it can be reached. */
export function connectionWarnings({ ip, key }: Pick<Connection, "ip" | "key">): string[] {
  const warnings: string[] = [];
  if (key === "") {
    warnings.push(
      "the connection file has no key, so anyone who can reach the ports runs code as you; let Jupyter write the connection file",
    );
  }
  if (!isLoopback(ip)) {
    warnings.push(
      `listening on ${ip}, which other machines can reach, and messages are not encrypted; use 127.0.0.1, or keep the network private`,
    );
  }
  return warnings;
}

const isLoopback = (ip: string): boolean =>
  ip === "localhost" || ip === "::1" || (isIP(ip) === 4 && ip.startsWith("127."));
