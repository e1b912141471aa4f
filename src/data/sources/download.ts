import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { FailureError } from "../../errors.ts";
import { syncFile, syncFolder } from "../../storage/store-file.ts";
import { systemFailure } from "../../storage/system-failure.ts";
import type { OnProgress } from "../progress.ts";

/** A file on the web and what it must be. */
export interface PublishedArchive {
  /** File name; its address is this below the base address. */
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** How a download is watched and stopped. */
export interface DownloadOptions {
  readonly onProgress?: OnProgress | undefined;
  /** Ends it; what has come is kept. */
  readonly signal?: AbortSignal | undefined;
}

/** A connection that stays silent this long is given up, in milliseconds. */
const idleLimit = 60_000;
const redirectLimit = 5;

/**
 * Downloads an archive into a folder, or finds it there, and verifies size and SHA-256.
 *
 * The bytes go to `<file>.part`; after a cut connection or a stop the next call asks for the rest only.
 *
 * @param archive - what to download.
 * @param baseUrl - address of the folder that holds it, with a final slash.
 * @param folder - where to keep it.
 * @returns path of the verified archive.
 * @throws {FailureError} if the server refuses, the connection breaks, the disk is full, or size or checksum differ.
 * @throws the signal's reason, when it was aborted.
 */
export async function downloadArchive(
  archive: PublishedArchive,
  baseUrl: string,
  folder: string,
  options: DownloadOptions = {},
): Promise<string> {
  const { signal } = options;
  const target = path.join(folder, archive.file);
  if ((await sizeOf(target)) === archive.bytes && (await sha256(target, signal)) === archive.sha256)
    return target;
  await mkdir(folder, { recursive: true });
  const url = new URL(archive.file, baseUrl);
  const part = `${target}.part`;
  if ((await sizeOf(part)) < archive.bytes) await fetchRest(url, part, archive, options);
  const bytes = await sizeOf(part);
  if (bytes < archive.bytes) {
    throw failed(
      url,
      `send all ${archive.bytes} bytes`,
      `${bytes}`,
      "run the same command again: it goes on from there",
    );
  }
  const hash = await sha256(part, signal);
  if (bytes !== archive.bytes || hash !== archive.sha256) {
    await rm(part);
    const got = `${bytes} bytes, SHA-256 ${hash}`;
    throw failed(
      url,
      `be ${archive.bytes} bytes with SHA-256 ${archive.sha256}`,
      got,
      "it was deleted; try again",
    );
  }
  // Before it gets the name that vouches for it.
  await syncFile(part);
  await rename(part, target);
  syncFolder(folder);
  return target;
}

/**
 * SHA-256 of a file, hexadecimal.
 *
 * @throws the signal's reason, when it was aborted.
 */
export async function sha256(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash, { signal }).catch(
    (cause: unknown) => {
      signal?.throwIfAborted();
      throw cause;
    },
  );
  return hash.digest("hex");
}

const sizeOf = async (file: string) => (await stat(file).catch(() => undefined))?.size ?? 0;

/** Appends to `part` what it lacks; what a server sends from the beginning takes its place once it has more. */
async function fetchRest(
  url: URL,
  part: string,
  archive: PublishedArchive,
  { onProgress, signal }: DownloadOptions,
): Promise<void> {
  const have = await sizeOf(part);
  const again = "check the connection and run the same command again: it goes on where it stopped";
  const response = await get(url, have, signal).catch((cause: Error) => {
    signal?.throwIfAborted();
    throw failed(url, "be reachable", cause.message, `${again}; or pass a copy with --from`);
  });
  try {
    if (response.statusCode !== 200 && response.statusCode !== 206) {
      // 416: the server's file ends before ours does, so what we have is useless.
      if (response.statusCode === 416) await rm(part);
      const got = `${response.statusCode} ${response.statusMessage}`;
      throw failed(url, "answer 200 or 206", got, "pass a copy of the archive with --from");
    }
    refuseOtherAnswers(response, url, have, archive);
  } catch (error) {
    response.destroy();
    throw error;
  }
  const resumed = response.statusCode === 206;
  let done = resumed ? have : 0;
  response.on("data", (chunk: Buffer) => {
    done += chunk.length;
    if (done > archive.bytes) response.destroy(new Error(moreThan(archive)));
    onProgress?.({ step: "download", done, total: archive.bytes, unit: "bytes" });
  });
  const fresh = have > 0 && !resumed ? `${part}-restarted` : part;
  const file = createWriteStream(fresh, { flags: resumed ? "a" : "w" });
  try {
    await pipeline(response, file, { signal });
  } catch (cause) {
    signal?.throwIfAborted();
    if (!(cause instanceof Error)) throw cause;
    throw (
      systemFailure(cause, part) ??
      failed(url, `send all ${archive.bytes} bytes`, `${done} (${cause.message})`, again)
    );
  } finally {
    if (fresh !== part) await keepLonger(fresh, part);
  }
}

const moreThan = ({ bytes }: PublishedArchive) => `more than the ${bytes} bytes announced`;

/** Leaves the longer of two beginnings of one file as `part`. */
async function keepLonger(fresh: string, part: string): Promise<void> {
  if ((await sizeOf(fresh)) >= (await sizeOf(part))) await rename(fresh, part);
  else await rm(fresh, { force: true });
}

/** What a page is sent as, never an archive: the login page of a network, or a server's error under status 200. */
const pageType = /^(?:text\/|application\/(?:xhtml|json|xml))/i;

/** Whether a `content-range` begins where we stopped, in a file of the right size; `*` is a size that the server does not know. */
function isRestOf(range: string, have: number, { bytes }: PublishedArchive): boolean {
  const [, from, size] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(range) ?? [];
  return Number(from) === have && (size === "*" || Number(size) === bytes);
}

/** Refuses, before a byte is written, what cannot be the archive or its rest. */
function refuseOtherAnswers(
  { statusCode, headers }: http.IncomingMessage,
  url: URL,
  have: number,
  archive: PublishedArchive,
): void {
  const type = headers["content-type"] ?? "";
  if (pageType.test(type)) {
    throw new FailureError({
      code: "DOWNLOAD_NOT_ARCHIVE",
      problem: `${url.href} sent a page (${type}) instead of ${archive.file}`,
      fix: "log in to the network if it asks for that, then rerun the command: it resumes where it stopped",
    });
  }
  const range = headers["content-range"] ?? "";
  if (statusCode === 206 && !isRestOf(range, have, archive)) {
    throw new FailureError({
      code: "DOWNLOAD_OTHER_RANGE",
      problem: `${url.href} sent the range "${range}" instead of the bytes from ${have} of ${archive.bytes}`,
      fix: "rerun the command later, or pass a copy of the archive with --from",
    });
  }
  const announced = headers["content-length"];
  if (announced === undefined) return;
  const whole = Number(announced) + (statusCode === 206 ? have : 0);
  const rule = `send all ${archive.bytes} bytes`;
  const remedy = "run the same command again: it goes on from there";
  // Of a range a server may send less than was asked for, and the rest the next time.
  if (statusCode === 200 && whole < archive.bytes) throw failed(url, rule, `${whole}`, remedy);
  if (whole > archive.bytes) throw failed(url, rule, `${whole} (${moreThan(archive)})`, remedy);
}

/** Asks for a file from a byte on. Not `fetch`, which would unpack a .gz that the server labels as an encoding. */
function get(
  url: URL,
  from: number,
  signal: AbortSignal | undefined,
  redirects = 0,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const client = url.protocol === "http:" ? http : https;
    const headers = { "user-agent": "h2t-kit", ...(from > 0 ? { range: `bytes=${from}-` } : {}) };
    const request = client.get(url, { headers, ...(signal && { signal }) }, (response) => {
      const { location } = response.headers;
      if (!location || !response.statusCode || response.statusCode < 300 || response.statusCode > 399) {
        resolve(response);
        return;
      }
      response.resume();
      const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
      if (next === undefined) reject(new Error(`a redirection to "${location}", which is no address`));
      else if (redirects === redirectLimit) reject(new Error(`more than ${redirectLimit} redirections`));
      else resolve(get(next, from, signal, redirects + 1));
    });
    request.setTimeout(idleLimit, () => request.destroy(new Error(`no answer for ${idleLimit / 1000} s`)));
    request.on("error", reject);
  });
}

function failed(url: URL, rule: string, got: string, remedy: string): FailureError {
  return new FailureError({ rule: `${url.href} must ${rule}`, got, remedy });
}
