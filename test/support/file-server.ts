import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { ExecutionContext } from "ava";

/** A web server on this machine that lives as long as the test; returns its base address. */
export async function serve(t: ExecutionContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Serves one file, honouring `Range: bytes=N-`; `ranges` collects what was asked for. */
export function fileListener(content: Uint8Array, ranges: (string | undefined)[]): RequestListener {
  return (request, response) => {
    const { range } = request.headers;
    ranges.push(range);
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
    const head = { "content-length": content.length - from, "content-encoding": "x-gzip" };
    if (range) {
      response.writeHead(206, {
        ...head,
        "content-range": `bytes ${from}-${content.length - 1}/${content.length}`,
      });
    } else response.writeHead(200, head);
    response.end(content.subarray(from));
  };
}
