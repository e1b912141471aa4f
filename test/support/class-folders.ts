import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ExecutionContext } from "ava";
import sharp from "sharp";

/** An empty folder that goes away with the test. */
export async function temporaryFolder(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "h2t-test-"));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A 32 × 32 image of one colour per pixel: red = x, green = y, blue = `blue`; differs in every pixel. */
export function patternPixels(blue: number, size = 32): Uint8Array {
  return Uint8Array.from({ length: size * size * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return [(pixel % size) * 8, Math.floor(pixel / size) * 8, blue][i % 3] as number;
  });
}

/** `patternPixels` as PNG, which keeps every byte. */
export function patternPng(blue: number, size = 32): Promise<Buffer> {
  return sharp(patternPixels(blue, size), { raw: { width: size, height: size, channels: 3 } })
    .png()
    .toBuffer();
}

/** Writes files below a folder, making folders on the way. */
export async function writeFiles(folder: string, files: Record<string, Uint8Array | string>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}
