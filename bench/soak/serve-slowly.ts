import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The environment variable that says from which address a process downloads data sets. */
export const serverVariable = "H2T_SOAK_SERVER";

/** Bytes of a piece, and milliseconds between two: hours for an archive. */
const [pieceBytes, pause] = [1_024, 20];

/** A web server on this machine that has every file, and all the time in the world. */
export async function serveSlowly(): Promise<{ readonly address: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    response.writeHead(from === 0 ? 200 : 206, { "content-range": `bytes ${from}-*/*` });
    const timer = setInterval(() => response.write(Buffer.alloc(pieceBytes)), pause);
    response.on("close", () => clearInterval(timer));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close };
}
