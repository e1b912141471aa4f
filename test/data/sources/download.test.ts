import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile, symlink, writeFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import path from "node:path";
import test from "ava";
import type { Progress } from "../../../src/data/progress.ts";
import { downloadArchive, sha256 } from "../../../src/data/sources/download.ts";
import { temporaryFolder } from "../../support/class-folders.ts";
import { fileListener, serve } from "../../support/file-server.ts";

const content = randomBytes(300_000);
const archive = {
  file: "set.tar.gz",
  bytes: content.length,
  sha256: createHash("sha256").update(content).digest("hex"),
};

test("downloadArchive: downloads the whole file and reports every byte", async (t) => {
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

test("downloadArchive: a verified file is not downloaded again", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(path.join(folder, "set.tar.gz"), content);
  const ranges: (string | undefined)[] = [];
  await downloadArchive(archive, await serve(t, fileListener(content, ranges)), folder);
  t.deepEqual(ranges, []);
});

test("downloadArchive: a broken connection keeps the received bytes, and the next call requests the rest", async (t) => {
  const folder = await temporaryFolder(t);
  let cut = () => {};
  const cutting = await serve(t, (_request, response) => {
    cut = () => response.destroy();
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, 100_000));
  });
  const onProgress = ({ done }: Progress) => void (done === 100_000 && cut());
  const error = await t.throwsAsync(downloadArchive(archive, cutting, folder, { onProgress }), {
    name: "FailureError",
    code: "DOWNLOAD_INTERRUPTED",
  });
  for (const detail of [`${cutting}set.tar.gz`, "100000", "300000"]) t.true(error?.message.includes(detail));
  t.deepEqual(await readdir(folder), ["set.tar.gz.part"]);
  const ranges: (string | undefined)[] = [];
  const file = await downloadArchive(archive, await serve(t, fileListener(content, ranges)), folder);
  t.deepEqual(ranges, ["bytes=100000-"]);
  t.deepEqual(await readFile(file), content);
});

/** Sends the first 100,000 bytes and then stalls. */
const stalling: RequestListener = (_request, response) => {
  response.writeHead(200, { "content-length": content.length });
  response.write(content.subarray(0, 100_000));
};

test("downloadArchive: an abort while the server is silent keeps the received bytes, and the next call requests the rest", async (t) => {
  const folder = await temporaryFolder(t);
  const controller = new AbortController();
  const reason = new Error("planted");
  const onProgress = ({ done }: Progress) => void (done === 100_000 && controller.abort(reason));
  const { signal } = controller;
  const stopped = downloadArchive(archive, await serve(t, stalling), folder, { onProgress, signal });
  t.is(await t.throwsAsync(stopped), reason);
  const part = await readFile(path.join(folder, "set.tar.gz.part"));
  t.true(content.subarray(0, part.length).equals(part));
  const ranges: (string | undefined)[] = [];
  const file = await downloadArchive(archive, await serve(t, fileListener(content, ranges)), folder);
  t.deepEqual(ranges, [part.length === 0 ? undefined : `bytes=${part.length}-`]);
  t.deepEqual(await readFile(file), content);
});

test("downloadArchive: an abort stops it before the server answers, also after a redirection", async (t) => {
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

test("sha256: an abort stops it", async (t) => {
  const file = path.join(await temporaryFolder(t), "set");
  await writeFile(file, content);
  t.is(await sha256(file), archive.sha256);
  const reason = new Error("planted");
  t.is(await t.throwsAsync(sha256(file, AbortSignal.abort(reason))), reason);
});

test("downloadArchive: a full disk is reported as such, not as a broken connection", async (t) => {
  const folder = await temporaryFolder(t);
  const part = path.join(folder, "set.tar.gz.part");
  await symlink("/dev/full", part);
  const error = await t.throwsAsync(
    downloadArchive(archive, await serve(t, fileListener(content, [])), folder),
    { name: "FailureError", code: "DISK_FULL" },
  );
  t.true(error?.message.includes(part));
});

test("downloadArchive: a server without ranges makes it start from the beginning", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(path.join(folder, "set.tar.gz.part"), content.subarray(0, 5));
  const server = await serve(t, (_request, response) => response.end(content));
  t.deepEqual(await readFile(await downloadArchive(archive, server, folder)), content);
});

test("downloadArchive: a file with a wrong checksum is rejected and deleted", async (t) => {
  const folder = await temporaryFolder(t);
  const altered = Buffer.from(content);
  altered.writeUInt8(altered.readUInt8(9) ^ 1, 9);
  const server = await serve(t, fileListener(altered, []));
  const hash = createHash("sha256").update(altered).digest("hex");
  const error = await t.throwsAsync(downloadArchive(archive, server, folder), { code: "DOWNLOAD_ALTERED" });
  for (const detail of [`${server}set.tar.gz`, archive.sha256, hash]) t.true(error?.message.includes(detail));
  t.deepEqual(await readdir(folder), []);
});

test("downloadArchive: a short and a long file are rejected", async (t) => {
  const folder = await temporaryFolder(t);
  const short = await serve(t, fileListener(content.subarray(0, 299_999), []));
  const lacking = await t.throwsAsync(downloadArchive(archive, short, folder), { code: "DOWNLOAD_LENGTH" });
  t.regex(lacking?.message ?? "", /\b300000\b.*\b299999\b/);
  const other = await temporaryFolder(t);
  const long = await serve(t, fileListener(Buffer.concat([content, content]), []));
  const excess = await t.throwsAsync(downloadArchive(archive, long, other), { code: "DOWNLOAD_LENGTH" });
  t.regex(excess?.message ?? "", /\b300000\b.*got \d+;/);
  const unannounced = await serve(t, (_request, response) => {
    response.write(content);
    response.end(content);
  });
  await t.throwsAsync(downloadArchive(archive, unannounced, await temporaryFolder(t)), {
    code: "DOWNLOAD_LENGTH",
  });
});

test("downloadArchive: status 404 and an unreachable server have different codes", async (t) => {
  const folder = await temporaryFolder(t);
  const server = await serve(t, (_request, response) => response.writeHead(404).end("nothing here"));
  const refused = await t.throwsAsync(downloadArchive(archive, server, folder), { code: "SERVER_REFUSED" });
  for (const detail of [`${server}set.tar.gz`, "404 Not Found"]) t.true(refused?.message.includes(detail));
  const unreachable = await t.throwsAsync(downloadArchive(archive, "http://127.0.0.1:1/", folder), {
    code: "SERVER_UNREACHABLE",
  });
  t.true(unreachable?.message.includes("ECONNREFUSED"));
  t.deepEqual(await readdir(folder), []);
});

test("downloadArchive: a partial file that the server cannot continue is deleted", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(path.join(folder, "set.tar.gz.part"), content.subarray(0, 5));
  const server = await serve(t, (_request, response) => response.writeHead(416).end());
  const error = await t.throwsAsync(downloadArchive(archive, server, folder), { code: "SERVER_REFUSED" });
  t.true(error?.message.includes("416"));
  t.deepEqual(await readdir(folder), []);
});

test("downloadArchive: follows redirections, up to a limit", async (t) => {
  const folder = await temporaryFolder(t);
  const target = await serve(t, fileListener(content, []));
  const moved = await serve(t, (_request, response) =>
    response.writeHead(301, { location: `${target}elsewhere.tar.gz` }).end(),
  );
  t.deepEqual(await readFile(await downloadArchive(archive, moved, folder)), content);
  const circle = await serve(t, (_request, response) =>
    response.writeHead(302, { location: "/set.tar.gz" }).end(),
  );
  const error = await t.throwsAsync(downloadArchive(archive, circle, await temporaryFolder(t)), {
    code: "SERVER_UNREACHABLE",
  });
  t.true(error?.message.includes("5 redirections"));
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
    "a page without a type, by its length",
    { status: 200, headers: { "content-length": page.length } },
    "DOWNLOAD_LENGTH",
  ],
  ["a page without type and length", { status: 200, headers: {} }, "DOWNLOAD_LENGTH"],
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
  ["an unspecified range", { status: 206, headers: {} }, "DOWNLOAD_OTHER_RANGE"],
] as const) {
  test(`downloadArchive: ${what} instead of the rest is rejected, and the received bytes are kept`, async (t) => {
    const folder = await temporaryFolder(t);
    const part = path.join(folder, "set.tar.gz.part");
    await writeFile(part, content.subarray(0, 200_000));
    const server = await serve(t, (_request, response) =>
      response.writeHead(answer.status, answer.headers).end(page),
    );
    await t.throwsAsync(downloadArchive(archive, server, folder), { name: "FailureError", code });
    t.deepEqual(await readdir(folder), ["set.tar.gz.part"]);
    t.deepEqual(await readFile(part), content.subarray(0, 200_000));
    const ranges: (string | undefined)[] = [];
    await downloadArchive(archive, await serve(t, fileListener(content, ranges)), folder);
    t.deepEqual(ranges, ["bytes=200000-"]);
  });
}

test("downloadArchive: a server without ranges that breaks the connection leaves the longer partial file", async (t) => {
  for (const [had, received] of [
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
      response.write(content.subarray(0, received));
    });
    const onProgress = ({ done }: Progress) => void (done === received && cut());
    await t.throwsAsync(downloadArchive(archive, server, folder, { onProgress }), { name: "FailureError" });
    t.deepEqual(await readdir(folder), ["set.tar.gz.part"]);
    t.deepEqual(await readFile(part), content.subarray(0, Math.max(had, received)));
  }
});

for (const location of ["http://", "http://[", "https://a b/", "ftp://127.0.0.1/set.tar.gz"]) {
  test(`downloadArchive: a redirection to ${location} gives an error in one line`, async (t) => {
    const server = await serve(t, (_request, response) => response.writeHead(302, { location }).end());
    const error = await t.throwsAsync(downloadArchive(archive, server, await temporaryFolder(t)), {
      name: "FailureError",
    });
    t.notRegex(error?.message ?? "\n", /\n/);
  });
}
