import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import test from "ava";
import { downloadArchive } from "../../src/images/download.ts";
import type { Progress } from "../../src/images/progress.ts";
import { temporaryFolder } from "../support/class-folders.ts";
import { fileListener, serve } from "../support/file-server.ts";

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
  const file = await downloadArchive(
    archive,
    await serve(t, fileListener(content, ranges)),
    folder,
    (progress) => seen.push(progress),
  );
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
  const cutAfterAll = ({ done }: Progress) => done === 100_000 && cut();
  await t.throwsAsync(downloadArchive(archive, cutting, folder, cutAfterAll), {
    name: "FailureError",
    message: `${cutting}set.tar.gz must send all 300000 bytes, got 100000 (aborted); check the connection and run the same command again: it goes on where it stopped`,
  });
  t.deepEqual(await readdir(folder), ["set.tar.gz.part"]);
  const ranges: (string | undefined)[] = [];
  const file = await downloadArchive(archive, await serve(t, fileListener(content, ranges)), folder);
  t.deepEqual(ranges, ["bytes=100000-"]);
  t.deepEqual(await readFile(file), content);
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
  const sha256 = createHash("sha256").update(altered).digest("hex");
  await t.throwsAsync(downloadArchive(archive, server, folder), {
    message: `${server}set.tar.gz must be 300000 bytes with SHA-256 ${archive.sha256}, got 300000 bytes, SHA-256 ${sha256}; it was deleted; try again`,
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
