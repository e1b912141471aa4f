import { StringDecoder } from "node:string_decoder";
import type { StreamName } from "./protocol/posts.ts";

type Written = (error?: Error | null) => void;

const isUtf8 = (encoding: BufferEncoding) => encoding === "utf8" || encoding === "utf-8";

const bytesOf = (chunk: Uint8Array | string, encoding: BufferEncoding | Written | undefined) =>
  typeof chunk === "string" ? Buffer.from(chunk, encoding as BufferEncoding) : Buffer.from(chunk);

/**
 * Takes what this process prints, whoever prints it, `console` included.
 *
 * @param print - returns false for what is none of its business, which goes where it would have gone.
 */
export function captureOutput(print: (name: StreamName, text: string) => boolean): void {
  for (const name of ["stdout", "stderr"] as const) {
    const stream = process[name];
    const write = stream.write.bind(stream);
    const decoder = new StringDecoder("utf8");
    const captured = (
      chunk: Uint8Array | string,
      encoding?: BufferEncoding | Written,
      callback: Written | undefined = typeof encoding === "function" ? encoding : undefined,
    ): boolean => {
      const isPlain = typeof chunk === "string" && (typeof encoding !== "string" || isUtf8(encoding));
      const text = isPlain ? chunk : decoder.write(bytesOf(chunk, encoding));
      if (!print(name, text)) return write(text, callback);
      if (callback) process.nextTick(callback);
      return true;
    };
    stream.write = captured;
    // Whether Jupyter itself runs in a terminal must not change what cells print.
    stream.isTTY = false;
  }
}
