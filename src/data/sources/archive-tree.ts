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

/** The most that an archive may unpack to; the largest data set so far takes 184 MB. */
export interface ArchiveLimits {
  readonly bytes: number;
  readonly files: number;
}
const defaultLimits: ArchiveLimits = { bytes: 2 ** 30, files: 500_000 };

const plainTypes = new Set(["File", "OldFile", "ContiguousFile"]);

/**
 * Reads a .tar, .tar.gz or .tar.xz into memory; what it is its first bytes tell, not its name.
 *
 * Nothing is written to disk, so no path in it can reach outside a folder; one that tries is refused all the same,
 * as are links and devices, because no honest archive of images has them.
 *
 * @throws {FailureError} if it is damaged, truncated, unsafe or too large.
 * @throws the signal's reason, when it was aborted.
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
    if (isUnsafe(path)) problem ??= refused(file, "hold paths inside its own folder only", path);
    else if (type !== "Directory" && !plainTypes.has(type)) {
      problem ??= refused(file, "hold plain files and folders only", `${path}, a ${type}`);
    } else if (bytes > limits.bytes) {
      problem ??= refused(file, `unpack to at most ${limits.bytes} bytes`, `more, at ${path}`);
    } else if (contents.size >= limits.files) {
      problem ??= refused(file, `hold at most ${limits.files} files`, `more, at ${path}`);
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
  // Two zero blocks end a tar. The parser does without them, so a cut between two files would go unseen.
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
  // Headers and padding take part of it; of what follows the last file the parser tells nothing.
  const mostBytes = 2 * limits.bytes;
  let unpackedBytes = 0;
  try {
    for await (const chunk of await unpacked(file)) {
      signal?.throwIfAborted();
      unpackedBytes += chunk.length;
      if (unpackedBytes > mostBytes) throw refused(file, `unpack to at most ${mostBytes} bytes`, "more");
      // What follows the end the parser would only collect, in time that grows with its square.
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
  if (!isWhole) throw damaged(file, "no end-of-archive mark (two blocks of zeros)");
  return {
    source: file,
    paths: [...contents.keys()].sort(),
    read: async (path) => contents.get(path) ?? new Uint8Array(),
  };
}

/** As many bytes as tell a kind of file: the first block of a tar. */
const headSize = 512;

/** The bytes of the tar inside. */
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
      throw damaged(file, "another kind of file");
    }
    return stream;
  }
  const compressed = Readable.toWeb(stream) as ReadableStream<Uint8Array>;
  return Readable.fromWeb(new xz.XzReadableStream(compressed));
}

/** Absolute (also in the Windows way), or climbing with `..`. */
function isUnsafe(path: string): boolean {
  return /^(?:[\\/]|[a-z]:)/i.test(path) || path.split(/[\\/]/).includes("..");
}

const isHidden = (path: string) => path.slice(path.lastIndexOf("/") + 1).startsWith(".");

function refused(file: string, rule: string, got: string): FailureError {
  return new FailureError({
    rule: `${file} must ${rule}`,
    got,
    remedy: "do not trust this archive; download the published one",
  });
}

function damaged(file: string, cause: unknown): FailureError {
  const got = cause instanceof Error ? cause.message : String(cause);
  return new FailureError(
    { rule: `${file} must be a whole .tar, .tar.gz or .tar.xz`, got, remedy: "download it again" },
    { cause },
  );
}
