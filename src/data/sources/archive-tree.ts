import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { createGunzip } from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import xz from "xz-decompress";
import { FailureError } from "../../errors.ts";
import type { FileTree } from "./file-tree.ts";
import { beginsTar, otherFormat } from "./other-formats.ts";

/** Limits on the unpacked archive; the largest data set so far takes 184 MB. */
export interface ArchiveLimits {
  readonly bytes: number;
  readonly files: number;
}
const defaultLimits: ArchiveLimits = { bytes: 2 ** 30, files: 500_000 };

const plainTypes = new Set(["File", "OldFile", "ContiguousFile"]);

/**
 * Reads a .tar, .tar.gz or .tar.xz into memory; its first bytes determine the format, not its name.
 *
 * Nothing is written to disk, so no path can reach outside a folder. Such paths are rejected all the same, as are links and
 * devices, because regular archives of images have none.
 *
 * @throws {FailureError} if the archive is damaged, truncated, unsafe or too large.
 * @throws the signal's reason if the signal is aborted.
 */
export async function readArchive(
  file: string,
  limits = defaultLimits,
  signal?: AbortSignal,
): Promise<FileTree> {
  const contents = new Map<string, Uint8Array>();
  let bytes = 0;
  let problem: Error | undefined;
  const take = (entry: ReadEntry) => {
    const { path, type } = entry;
    bytes += entry.size;
    if (isUnsafe(path)) problem ??= unsafe(`${file} holds the path ${path}, which leads out of its folder`);
    else if (type !== "Directory" && !plainTypes.has(type)) {
      problem ??= unsafe(`${file} holds ${path}, a ${type}, instead of only files and folders`);
    } else if (bytes > limits.bytes) {
      problem ??= tooLarge(`${file} unpacks to more than ${limits.bytes} bytes at ${path}`);
    } else if (contents.size >= limits.files) {
      problem ??= tooLarge(`${file} holds more than ${limits.files} files`);
    }
    if (problem || type === "Directory" || isHidden(path)) {
      entry.resume();
      return;
    }
    const chunks: Uint8Array[] = [];
    entry.on("data", (chunk) => chunks.push(chunk));
    entry.on("end", () => contents.set(path.replace(/^(?:\.\/)+/, ""), Buffer.concat(chunks)));
  };
  const parser = new Parser({ strict: true, onReadEntry: take });
  // Two zero blocks end a tar. The parser does not require them, so it misses a truncation between two files.
  let isWhole = false;
  parser.on("eof", () => {
    isWhole = true;
  });
  const ended = new Promise<void>((resolve) => {
    parser.on("end", resolve);
    parser.on("error", (cause: Error) => {
      problem ??= damaged(file, cause);
      resolve();
    });
  });
  // Includes headers, padding, and bytes after the last file, which the parser does not report.
  const maxBytes = 2 * limits.bytes;
  let unpackedBytes = 0;
  try {
    for await (const chunk of await unpacked(file)) {
      signal?.throwIfAborted();
      unpackedBytes += chunk.length;
      if (unpackedBytes > maxBytes) throw tooLarge(`${file} unpacks to more than ${maxBytes} bytes`);
      // The parser would collect bytes after the end in quadratic time.
      if (!isWhole) parser.write(chunk);
      if (problem) throw problem;
    }
    parser.end();
    await ended;
  } catch (cause) {
    signal?.throwIfAborted();
    throw cause instanceof FailureError ? cause : damaged(file, cause);
  }
  if (problem) throw problem;
  if (!isWhole) throw damaged(file, "the end-of-archive mark (two blocks of zeros) is missing");
  return {
    source: file,
    paths: [...contents.keys()].sort(),
    read: async (path) => contents.get(path) ?? new Uint8Array(),
  };
}

/** Number of bytes that identify a format: the first block of a tar. */
const headSize = 512;

/** Decompresses the tar. */
async function unpacked(file: string): Promise<AsyncIterable<Buffer>> {
  const handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(headSize), 0, headSize, 0);
  await handle.close();
  const head = buffer.subarray(0, bytesRead);
  const other = otherFormat(file, head);
  if (other !== undefined) throw other;
  const magic = buffer.subarray(0, 6);
  const stream = createReadStream(file);
  if (magic.subarray(0, 2).toString("hex") === "1f8b") {
    const gunzip = createGunzip();
    stream.on("error", (error) => gunzip.destroy(error));
    return stream.pipe(gunzip);
  }
  if (magic.toString("hex") !== "fd377a585a00") {
    if (bytesRead === headSize && !beginsTar(head)) {
      stream.destroy();
      throw damaged(file, "it is another kind of file");
    }
    return stream;
  }
  const compressed = Readable.toWeb(stream) as ReadableStream<Uint8Array>;
  return Readable.fromWeb(new xz.XzReadableStream(compressed));
}

/** Whether a path is absolute (on any system) or contains `..`. */
function isUnsafe(path: string): boolean {
  return /^(?:[\\/]|[a-z]:)/i.test(path) || path.split(/[\\/]/).includes("..");
}

const isHidden = (path: string) => path.slice(path.lastIndexOf("/") + 1).startsWith(".");

const publishedOne = "download the published archive instead of this untrusted one";

const unsafe = (problem: string) => new FailureError({ code: "ARCHIVE_UNSAFE", problem, fix: publishedOne });

const tooLarge = (problem: string) =>
  new FailureError({ code: "ARCHIVE_TOO_LARGE", problem, fix: publishedOne });

function damaged(file: string, cause: unknown): FailureError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const problem = `${file} is not a complete .tar, .tar.gz or .tar.xz: ${reason}`;
  return new FailureError({ code: "ARCHIVE_DAMAGED", problem, fix: "download it again" }, { cause });
}
