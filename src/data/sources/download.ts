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

/** A file on the web with its size and checksum. */
export interface PublishedArchive {
  /** File name, relative to the base address. */
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Options of a download. */
export interface DownloadOptions {
  readonly onProgress?: OnProgress | undefined;
  /** Stops the download; the bytes received so far are kept. */
  readonly signal?: AbortSignal | undefined;
}

/** Timeout of a silent connection, in milliseconds. */
const idleLimit = 60_000;
const redirectLimit = 5;

/**
 * Downloads an archive to a folder unless it is there already, and verifies size and SHA-256.
 *
 * Writes to `<file>.part`. After an interruption, the next call requests only the remaining bytes.
 *
 * @param archive - what to download.
 * @param baseUrl - address of its folder, with a final slash.
 * @param folder - folder for the archive.
 * @returns path of the verified archive.
 * @throws {FailureError} if the server refuses, the connection breaks, the disk is full, or size or checksum are wrong.
 * @throws the signal's reason if the signal is aborted.
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
  if (bytes < archive.bytes) throw wrongLength(url, archive, bytes);
  const hash = await sha256(part, signal);
  if (bytes !== archive.bytes || hash !== archive.sha256) {
    await rm(part);
    throw new FailureError({
      code: "DOWNLOAD_ALTERED",
      problem: `expected ${archive.bytes} bytes with SHA-256 ${archive.sha256} from ${url.href}, got ${bytes} bytes with ${hash}`,
      fix: "rerun the command to download it again (the wrong file was deleted)",
    });
  }
  // The final name implies a verified file, so the content is flushed first.
  await syncFile(part);
  await rename(part, target);
  syncFolder(folder);
  return target;
}

/**
 * Returns the SHA-256 of a file, hexadecimal.
 *
 * @throws the signal's reason if the signal is aborted.
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

/** Appends the missing bytes to `part`, or replaces it if the server restarts from the beginning and sends more. */
async function fetchRest(
  url: URL,
  part: string,
  archive: PublishedArchive,
  { onProgress, signal }: DownloadOptions,
): Promise<void> {
  const have = await sizeOf(part);
  const response = await get(url, have, signal).catch((cause: Error) => {
    signal?.throwIfAborted();
    throw new FailureError(
      {
        code: "SERVER_UNREACHABLE",
        problem: `cannot reach ${url.href}: ${cause.message}`,
        fix: "check the connection and rerun the command to resume, or pass a copy with --from",
      },
      { cause },
    );
  });
  try {
    if (response.statusCode !== 200 && response.statusCode !== 206) {
      // 416: the server's file is shorter than ours, so ours is useless.
      if (response.statusCode === 416) await rm(part);
      throw new FailureError({
        code: "SERVER_REFUSED",
        problem: `${url.href} answered ${response.statusCode} ${response.statusMessage}`,
        fix: "pass a copy of the archive with --from",
      });
    }
    rejectOtherAnswers(response, url, have, archive);
  } catch (error) {
    response.destroy();
    throw error;
  }
  const resumed = response.statusCode === 206;
  let done = resumed ? have : 0;
  response.on("data", (chunk: Buffer) => {
    done += chunk.length;
    if (done > archive.bytes) response.destroy(wrongLength(url, archive, done));
    onProgress?.({ step: "download", done, total: archive.bytes, unit: "bytes" });
  });
  const fresh = have > 0 && !resumed ? `${part}-restarted` : part;
  const file = createWriteStream(fresh, { flags: resumed ? "a" : "w" });
  try {
    await pipeline(response, file, { signal });
  } catch (cause) {
    signal?.throwIfAborted();
    if (!(cause instanceof Error) || cause instanceof FailureError) throw cause;
    throw systemFailure(cause, part) ?? interrupted(url, archive, done, cause);
  } finally {
    if (fresh !== part) await keepLonger(fresh, part);
  }
}

/** Keeps the longer of two partial downloads as `part`. */
async function keepLonger(fresh: string, part: string): Promise<void> {
  if ((await sizeOf(fresh)) >= (await sizeOf(part))) await rename(fresh, part);
  else await rm(fresh, { force: true });
}

/** Content types of web pages, such as the login page of a network or an error sent with status 200. */
const pageType = /^(?:text\/|application\/(?:xhtml|json|xml))/i;

/** Whether a `content-range` starts at our position in a file of the right size; `*` is an unknown size. */
function isRestOf(range: string, have: number, { bytes }: PublishedArchive): boolean {
  const [, from, size] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(range) ?? [];
  return Number(from) === have && (size === "*" || Number(size) === bytes);
}

/** Rejects answers that cannot be the archive or the rest of it, before writing any byte. */
function rejectOtherAnswers(
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
      fix: "log in to the network if required, then rerun the command to resume",
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
  // A server may send less than the requested range, and the rest next time.
  if ((statusCode === 200 && whole < archive.bytes) || whole > archive.bytes)
    throw wrongLength(url, archive, whole);
}

/** Requests a file from a byte on. Avoids `fetch`, which decompresses a .gz that the server labels as an encoding. */
function get(
  url: URL,
  from: number,
  signal: AbortSignal | undefined,
  redirects = 0,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const client = url.protocol === "http:" ? http : https;
    const headers = { "user-agent": "h2t-kit", ...(from > 0 ? { range: `bytes=${from}-` } : {}) };
    const request = client.get(url, { headers, signal }, (response) => {
      const { location } = response.headers;
      if (!location || !response.statusCode || response.statusCode < 300 || response.statusCode > 399) {
        resolve(response);
        return;
      }
      response.resume();
      const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
      if (next === undefined) reject(new Error(`redirection to the invalid address "${location}"`));
      else if (redirects === redirectLimit) reject(new Error(`more than ${redirectLimit} redirections`));
      else resolve(get(next, from, signal, redirects + 1));
    });
    request.setTimeout(idleLimit, () => request.destroy(new Error(`no answer for ${idleLimit / 1000} s`)));
    request.on("error", reject);
  });
}

const resume = "check the connection and rerun the command to resume";

const wrongLength = (url: URL, archive: PublishedArchive, bytes: number) =>
  new FailureError({
    code: "DOWNLOAD_LENGTH",
    problem: `expected ${archive.bytes} bytes from ${url.href}, got ${bytes}`,
    fix: resume,
  });

const interrupted = (url: URL, archive: PublishedArchive, bytes: number, cause: Error) =>
  new FailureError(
    {
      code: "DOWNLOAD_INTERRUPTED",
      problem: `the download of ${url.href} stopped at ${bytes} of ${archive.bytes} bytes: ${cause.message}`,
      fix: resume,
    },
    { cause },
  );
