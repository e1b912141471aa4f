import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile, symlink, writeFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import path from "node:path";
import test from "ava";
import type { Progress } from "../../../src/data/progress.ts";
import { downloadArchive, sha256 } from "../../../src/data/sources/download.ts";
import type { FailureError } from "../../../src/errors.ts";
import { temporaryFolder } from "../../support/class-folders.ts";
import { fileListener, serve } from "../../support/file-server.ts";

const content = randomBytes(300_000);
const archive = {
  file: "set.tar.gz",
  bytes: content.length,
  sha256: createHash("sha256").update(content).digest("hex"),
};

test("downloadArchive: fetches the whole file and reports every byte", async (t) => {
  const folder = path.join(await temporaryFolder(t), "downloads");
  const ranges: (string | undefined)[] = [];
  const seen: Progress[] = [];
  const file = await downloadArchive(archive, await serve(t, fileListener(content, ranges)), folder, {
    onProgress: (progress) => void seen.push(progress),
  });
  t.deepEqual(await readFile(file), content);
  t.deepEqual(await readdir(folder), ["set.tar.gz"]);
  t.deepEqual(ranges, [undefined]);
  t.deepEqual(seen.at(-1), { step: "download", done: 300_000, total: 300_000, unit: "bytes" });
});

test("downloadArchive: a verified file is not fetched again", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(path.join(folder, "set.tar.gz"), content);
  const ranges: (string | undefined)[] = [];
  await downloadArchive(archive, await serve(t, fileListener(content, ranges)), folder);
  t.deepEqual(ranges, []);
});

test("downloadArchive: a cut connection keeps what came, and the next call asks for the rest", async (t) => {
  const folder = await temporaryFolder(t);
  let cut = () => {};
  const cutting = await serve(t, (_request, response) => {
    cut = () => response.destroy();
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, 100_000));
  });
  const onProgress = ({ done }: Progress) => void (done === 100_000 && cut());
  await t.throwsAsync(downloadArchive(archive, cutting, folder, { onProgress }), {
    name: "FailureError",
    message: `${cutting}set.tar.gz must send all 300000 bytes, got 100000 (aborted); check the connection and run the same command again: it goes on where it stopped`,
  });
  t.deepEqual(await readdir(folder), ["set.tar.gz.part"]);
  const ranges: (string | undefined)[] = [];
  const file = await downloadArchive(archive, await serve(t, fileListener(content, ranges)), folder);
  t.deepEqual(ranges, ["bytes=100000-"]);
  t.deepEqual(await readFile(file), content);
});

/** Sends the first 100,000 bytes and then nothing more. */
const stalling: RequestListener = (_request, response) => {
  response.writeHead(200, { "content-length": content.length });
  response.write(content.subarray(0, 100_000));
};

test("downloadArchive: a stop ends it while the server is silent, keeps what came, and the next call asks for the rest", async (t) => {
  const folder = await temporaryFolder(t);
  const controller = new AbortController();
  const reason = new Error("planted");
  const onProgress = ({ done }: Progress) => void (done === 100_000 && controller.abort(reason));
  const stopped = downloadArchive(archive, await serve(t, stalling), folder, {
    ...{ onProgress, signal: controller.signal },
  });
  t.is(await t.throwsAsync(stopped), reason);
  const part = await readFile(path.join(folder, "set.tar.gz.part"));
  t.true(content.subarray(0, part.length).equals(part));
  const ranges: (string | undefined)[] = [];
  const file = await downloadArchive(archive, await serve(t, fileListener(content, ranges)), folder);
  t.deepEqual(ranges, [part.length === 0 ? undefined : `bytes=${part.length}-`]);
  t.deepEqual(await readFile(file), content);
});

test("downloadArchive: a stop ends it before the server has answered, also behind a redirection", async (t) => {
  for (const place of ["", "elsewhere"]) {
    const controller = new AbortController();
    const reason = new Error("planted");
    const mute = await serve(t, (request, response) => {
      if (place && !request.url?.endsWith(place)) response.writeHead(301, { location: `/${place}` }).end();
      else controller.abort(reason);
    });
    const stopped = downloadArchive(archive, mute, await temporaryFolder(t), { signal: controller.signal });
    t.is(await t.throwsAsync(stopped), reason);
  }
});

test("sha256: a stop ends it", async (t) => {
  const file = path.join(await temporaryFolder(t), "set");
  await writeFile(file, content);
  t.is(await sha256(file), archive.sha256);
  const reason = new Error("planted");
  t.is(await t.throwsAsync(sha256(file, AbortSignal.abort(reason))), reason);
});

test("downloadArchive: a full disk is told as such, and not as a broken connection", async (t) => {
  const folder = await temporaryFolder(t);
  const part = path.join(folder, "set.tar.gz.part");
  await symlink("/dev/full", part);
  await t.throwsAsync(downloadArchive(archive, await serve(t, fileListener(content, [])), folder), {
    name: "FailureError",
    message: `h2t must be able to write ${part}, got no space left on the disk (ENOSPC); free some and type the same command again`,
  });
});

test("downloadArchive: a server without ranges makes it start anew", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(path.join(folder, "set.tar.gz.part"), content.subarray(0, 5));
  const server = await serve(t, (_request, response) => response.end(content));
  t.deepEqual(await readFile(await downloadArchive(archive, server, folder)), content);
});

test("downloadArchive: a wrong checksum is refused and nothing kept", async (t) => {
  const folder = await temporaryFolder(t);
  const altered = Buffer.from(content);
  altered.writeUInt8(altered.readUInt8(9) ^ 1, 9);
  const server = await serve(t, fileListener(altered, []));
  const hash = createHash("sha256").update(altered).digest("hex");
  await t.throwsAsync(downloadArchive(archive, server, folder), {
    message: `${server}set.tar.gz must be 300000 bytes with SHA-256 ${archive.sha256}, got 300000 bytes, SHA-256 ${hash}; it was deleted; try again`,
  });
  t.deepEqual(await readdir(folder), []);
});

test("downloadArchive: a short and an overlong file are refused", async (t) => {
  const folder = await temporaryFolder(t);
  const short = await serve(t, fileListener(content.subarray(0, 299_999), []));
  await t.throwsAsync(downloadArchive(archive, short, folder), {
    message: /must send all 300000 bytes, got 299999; run the same command again/,
  });
  const other = await temporaryFolder(t);
  const long = await serve(t, fileListener(Buffer.concat([content, content]), []));
  await t.throwsAsync(downloadArchive(archive, long, other), {
    message: /must send all 300000 bytes, got \d+ \(more than the 300000 bytes announced\)/,
  });
});

test("downloadArchive: 404 and an unreachable server are told apart", async (t) => {
  const folder = await temporaryFolder(t);
  const server = await serve(t, (_request, response) => response.writeHead(404).end("nothing here"));
  await t.throwsAsync(downloadArchive(archive, server, folder), {
    message: `${server}set.tar.gz must answer 200 or 206, got 404 Not Found; pass a copy of the archive with --from`,
  });
  await t.throwsAsync(downloadArchive(archive, "http://127.0.0.1:1/", folder), {
    message: /must be reachable, got connect ECONNREFUSED .*; or pass a copy with --from/,
  });
  t.deepEqual(await readdir(folder), []);
});

test("downloadArchive: what a server cannot continue is deleted, so that the next call starts anew", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(path.join(folder, "set.tar.gz.part"), content.subarray(0, 5));
  const server = await serve(t, (_request, response) => response.writeHead(416).end());
  await t.throwsAsync(downloadArchive(archive, server, folder), { message: /got 416 Range Not Satisfiable/ });
  t.deepEqual(await readdir(folder), []);
});

test("downloadArchive: follows a redirection, but not for ever", async (t) => {
  const folder = await temporaryFolder(t);
  const target = await serve(t, fileListener(content, []));
  const moved = await serve(t, (_request, response) =>
    response.writeHead(301, { location: `${target}elsewhere.tar.gz` }).end(),
  );
  t.deepEqual(await readFile(await downloadArchive(archive, moved, folder)), content);
  const circle = await serve(t, (_request, response) =>
    response.writeHead(302, { location: "/set.tar.gz" }).end(),
  );
  await t.throwsAsync(downloadArchive(archive, circle, await temporaryFolder(t)), {
    message: /must be reachable, got more than 5 redirections/,
  });
});

const page = Buffer.from("<html>Please log in</html>");
for (const [what, answer, code] of [
  [
    "a login page",
    { status: 200, headers: { "content-type": "text/html; charset=utf-8" } },
    "DOWNLOAD_NOT_ARCHIVE",
  ],
  [
    "a login page as a range",
    { status: 206, headers: { "content-type": "text/html" } },
    "DOWNLOAD_NOT_ARCHIVE",
  ],
  [
    "a message in JSON",
    { status: 200, headers: { "content-type": "application/json" } },
    "DOWNLOAD_NOT_ARCHIVE",
  ],
  [
    "a page of no type, by its length",
    { status: 200, headers: { "content-length": page.length } },
    undefined,
  ],
  ["a page of neither type nor length", { status: 200, headers: {} }, undefined],
  [
    "another range",
    { status: 206, headers: { "content-range": "bytes 0-25/300000" } },
    "DOWNLOAD_OTHER_RANGE",
  ],
  [
    "a range of another file",
    { status: 206, headers: { "content-range": "bytes 5-25/26" } },
    "DOWNLOAD_OTHER_RANGE",
  ],
  ["a range that it does not name", { status: 206, headers: {} }, "DOWNLOAD_OTHER_RANGE"],
] as const) {
  test(`downloadArchive: ${what} in place of the rest is refused, and what has come is kept`, async (t) => {
    const folder = await temporaryFolder(t);
    const part = path.join(folder, "set.tar.gz.part");
    await writeFile(part, content.subarray(0, 200_000));
    const server = await serve(t, (_request, response) =>
      response.writeHead(answer.status, answer.headers).end(page),
    );
    const error = await t.throwsAsync(downloadArchive(archive, server, folder), { name: "FailureError" });
    t.is((error as FailureError).code, code);
    t.deepEqual(await readdir(folder), ["set.tar.gz.part"]);
    t.deepEqual(await readFile(part), content.subarray(0, 200_000));
    const ranges: (string | undefined)[] = [];
    await downloadArchive(archive, await serve(t, fileListener(content, ranges)), folder);
    t.deepEqual(ranges, ["bytes=200000-"]);
  });
}

test("downloadArchive: a server without ranges that breaks off leaves the longer beginning", async (t) => {
  for (const [had, came] of [
    [200_000, 100_000],
    [50_000, 100_000],
  ] as const) {
    const folder = await temporaryFolder(t);
    const part = path.join(folder, "set.tar.gz.part");
    await writeFile(part, content.subarray(0, had));
    let cut = () => {};
    const server = await serve(t, (_request, response) => {
      cut = () => response.destroy();
      response.writeHead(200, { "content-length": content.length });
      response.write(content.subarray(0, came));
    });
    const onProgress = ({ done }: Progress) => void (done === came && cut());
    await t.throwsAsync(downloadArchive(archive, server, folder, { onProgress }), { name: "FailureError" });
    t.deepEqual(await readdir(folder), ["set.tar.gz.part"]);
    t.deepEqual(await readFile(part), content.subarray(0, Math.max(had, came)));
  }
});

for (const location of ["http://", "http://[", "https://a b/", "ftp://127.0.0.1/set.tar.gz"]) {
  test(`downloadArchive: a redirection to ${location} is an error of one line`, async (t) => {
    const server = await serve(t, (_request, response) => response.writeHead(302, { location }).end());
    const error = await t.throwsAsync(downloadArchive(archive, server, await temporaryFolder(t)), {
      name: "FailureError",
    });
    t.notRegex(error?.message ?? "\n", /\n/);
  });
}
