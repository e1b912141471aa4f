import { writeFileSync } from "node:fs";
import path from "node:path";
import test from "ava";
import fc from "fast-check";
import sharp from "sharp";
import { create } from "tar";
import type { CifarRecipe } from "../../src/data/packs/recipes.ts";
import { readArchive } from "../../src/data/sources/archive-tree.ts";
import { readCifar } from "../../src/data/sources/cifar/read-cifar.ts";
import { decodeImage } from "../../src/data/sources/decode-image.ts";
import { type Connection, readConnectionFile } from "../../src/kernel/protocol/connection-file.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/storage/safetensors/safetensors.ts";
import {
  checksumOf,
  encodeHeader,
  type Metadata,
  type TensorEntries,
} from "../../src/storage/safetensors/safetensors-layout.ts";
import { SafetensorsReader } from "../../src/storage/safetensors/safetensors-reader.ts";
import { readNotebook } from "../../src/workflow/notebook.ts";
import { always } from "../support/always.ts";
import { patternPixels, patternPng, temporaryFolder, writeFiles } from "../support/class-folders.ts";
import { cleanOutcome } from "../support/clean-outcome.ts";
import { miniFormat, miniRecipe } from "../support/mini-cifar.ts";
import { spoiled } from "../support/spoiled.ts";

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));

/** Copies of a file with some changed bytes, or truncated. */
const damagedCopies = (whole: Buffer) =>
  fc
    .record({
      places: fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }),
      length: fc.option(fc.nat(whole.length), { nil: whole.length }),
    })
    .map(({ places, length }) => {
      const copy = Buffer.from(whole);
      for (const [place, byte] of places) copy[place] = byte;
      return copy.subarray(0, length);
    });

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;

/** A weights file with any header and a valid checksum, so that the checks after the checksum run. */
function safetensorsFile(header: string, data: Buffer): Buffer {
  const { __metadata__: named, ...entries }: Fields = JSON.parse(header);
  const { "h2t.sha256": _, ...metadata } = named as Fields;
  const parts = [metadata as Metadata, entries as TensorEntries] as const;
  const checksum = checksumOf(...parts)
    .update(data)
    .digest("hex");
  return Buffer.concat([encodeHeader(...parts, checksum), data]);
}

const hasMetadata = (header: string) => {
  try {
    const content: unknown = JSON.parse(header);
    return isObject(content) && isObject(content.__metadata__);
  } catch {
    return false;
  }
};

const entry = (from: number) => ({ dtype: "F32", shape: [2, 1], data_offsets: [from, from + 8] });
const header = { __metadata__: { text: "a" }, w: entry(0), v: entry(8) };
const wholeTensors = safetensorsFile(JSON.stringify(header), Buffer.alloc(16, 1));
const anyTensors = fc.oneof(
  bytes(64),
  damagedCopies(wholeTensors).filter((copy) => !copy.equals(wholeTensors)),
  {
    weight: 6,
    arbitrary: fc
      .tuple(spoiled(header).filter(hasMetadata), fc.uint8Array({ minLength: 16, maxLength: 16 }))
      .map(([text, data]) => safetensorsFile(text, Buffer.from(data))),
  },
);

/** Reads metadata and the tensor `v`, if the header has it, with the streaming reader. */
function readInParts(file: string) {
  const reader = new SafetensorsReader(file);
  try {
    const { metadata } = reader;
    return { metadata, values: reader.shape("v") === undefined ? undefined : reader.readAll("v") };
  } finally {
    reader.close();
  }
}

test("safetensors: any bytes are rejected in one line, or both readers agree on the content", async (t) => {
  const file = path.join(await temporaryFolder(t), "bank.safetensors");
  writeFileSync(file, wholeTensors);
  t.deepEqual(readInParts(file), {
    metadata: { text: "a" },
    values: new Float32Array(Uint8Array.from({ length: 8 }, () => 1).buffer),
  });
  const seen = new Set<string>();
  await always(anyTensors, async (content) => {
    writeFileSync(file, content);
    const whole = await cleanOutcome(() => decodeSafetensors(content, file));
    const parts = await cleanOutcome(() => readInParts(file));
    seen.add(Object.keys(whole).join());
    for (const outcome of [whole, parts])
      if ("error" in outcome) t.true(outcome.error.message.includes(file));
    if ("error" in whole) return;
    const { metadata, tensors } = whole.result;
    for (const { shape, values } of tensors.values())
      t.is(
        values.length,
        shape.reduce((product, size) => product * size, 1),
      );
    t.deepEqual(parts, { result: { metadata, values: tensors.get("v")?.values } });
  });
  t.deepEqual([...seen].sort(), ["error", "result"]);
});

test("safetensors: any names, shapes, values and texts are read bit for bit as written", async (t) => {
  const tensor = fc.array(fc.nat(4), { maxLength: 3 }).chain((shape) => {
    const length = shape.reduce((product, size) => product * size, 1);
    return fc
      .float32Array({ minLength: length, maxLength: length })
      .map((values) => ({ shape, values: Float32Array.from(values) }));
  });
  const name = fc.string({ unit: "grapheme" }).filter((text) => !text.startsWith("__"));
  const named = fc.array(fc.tuple(name, tensor), { maxLength: 5 });
  await always(fc.tuple(named, fc.dictionary(name, fc.string())), async ([pairs, texts]) => {
    const content = { tensors: new Map(pairs), metadata: { ...texts } };
    const read = decodeSafetensors(encodeSafetensors(content), "w");
    const plain = ({ tensors, metadata }: typeof read) => ({
      metadata: Object.entries(metadata).sort(),
      tensors: [...tensors]
        .map(([key, { shape, values }]) => [key, [...shape], Buffer.from(values.buffer).toString("hex")])
        .sort(),
    });
    t.deepEqual(plain(read), plain(content));
  });
});

test("CIFAR binaries: any bytes give the images and labels of the format, or are rejected", async (t) => {
  const recordBytes = 1 + 3072;
  const recipe: CifarRecipe = {
    ...miniRecipe(Buffer.alloc(0)),
    trainPerClass: 1,
    testPerClass: 1,
    format: {
      ...miniFormat,
      labelBytes: 1,
      imagesPerFile: { train: 3, test: 3 },
      binary: { classNames: "names.txt", train: ["train.bin"], test: ["test.bin"] },
    },
  };
  // Mostly the labels 0, 1, 2 in some order, because others are rejected before the pixels are read.
  const labels = fc.oneof(
    { weight: 5, arbitrary: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }) },
    fc.array(fc.nat(255), { minLength: 3, maxLength: 3 }),
  );
  const file = fc
    .tuple(
      labels,
      fc.array(fc.tuple(fc.nat(255), fc.nat(3071)), { minLength: 3, maxLength: 3 }),
      fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: -1, max: 1 })),
    )
    .map(([chosen, marks, more]) => {
      const content = Buffer.alloc(3 * recordBytes + 1);
      for (const [i, [value, place]] of marks.entries()) {
        content[i * recordBytes] = chosen[i] as number;
        content[i * recordBytes + 1 + place] = value;
      }
      return content.subarray(0, 3 * recordBytes + more);
    });
  const names = fc.constantFrom("ant\nbee\ncow\n", "ant\r\nbee\r\ncow", "ant\nbee", "");
  await always(fc.tuple(file, file, names), async ([train, tested, classNames]) => {
    const files: Record<string, Buffer> = {
      "train.bin": train,
      "test.bin": tested,
      "names.txt": Buffer.from(classNames),
    };
    const tree = {
      source: "set.tar",
      paths: Object.keys(files),
      read: async (at: string) => files[at] as Buffer,
    };
    const outcome = await cleanOutcome(() => readCifar(recipe, tree, []));
    const labelsOf = (batch: Buffer) => [0, 1, 2].map((i) => batch[i * recordBytes] as number);
    const isWhole = (batch: Buffer) =>
      batch.length === 3 * recordBytes && labelsOf(batch).toSorted().join("") === "012";
    const pixelsOf = (batch: Buffer) =>
      [0, 1, 2]
        .map((i) => batch.subarray(i * recordBytes + 1, (i + 1) * recordBytes).toString("hex"))
        .join("");
    const isRight =
      isWhole(train) &&
      isWhole(tested) &&
      pixelsOf(train) !== pixelsOf(tested) &&
      classNames.split(/\r?\n/).includes("cow");
    if (!isRight) {
      t.true("error" in outcome && typeof outcome.error.code === "string");
      return;
    }
    const read = "result" in outcome ? outcome.result : undefined;
    t.deepEqual([...(read?.train.labels ?? [])], labelsOf(train));
    const red = (pixel: number) => train[1 + pixel];
    t.deepEqual(
      Array.from({ length: 1024 }, (_, pixel) => read?.train.pixels[3 * pixel]),
      Array.from({ length: 1024 }, (_, pixel) => red(pixel)),
    );
  });
});

test("pictures: any damaged copy gives three channels of 32 × 32 pixels, or an error in one line", async (t) => {
  const jpeg = await sharp(patternPixels(3), { raw: { width: 32, height: 32, channels: 3 } })
    .jpeg()
    .toBuffer();
  const png = await patternPng(3);
  for (const whole of [jpeg, png]) t.is((await decodeImage(whole, "0.png")).length, 3072);
  const pictures = fc.oneof(damagedCopies(jpeg), damagedCopies(png), bytes(64));
  await always(pictures, async (content) => {
    const outcome = await cleanOutcome(() => decodeImage(content, "0.png"));
    t.true("error" in outcome ? outcome.error.message.includes("0.png") : outcome.result.length === 3072);
  });
});

test("archives: any damaged copy gives files inside their own folder, or an error in one line", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, { "set/a.txt": "alpha", "set/b.txt": "beta".repeat(200) });
  const [plain, packed] = [path.join(folder, "a.tar"), path.join(folder, "a.tar.gz")];
  await create({ cwd: folder, file: plain }, ["set"]);
  await create({ cwd: folder, file: packed, gzip: true }, ["set"]);
  const { readFile } = await import("node:fs/promises");
  const archives = fc.oneof(
    damagedCopies(await readFile(plain)),
    damagedCopies(await readFile(packed)),
    bytes(1024),
  );
  const file = path.join(folder, "damaged");
  for (const whole of [plain, packed])
    t.deepEqual((await readArchive(whole, { bytes: 2 ** 20, files: 10 })).paths, ["set/a.txt", "set/b.txt"]);
  await always(archives, async (content) => {
    writeFileSync(file, content);
    const outcome = await cleanOutcome(() => readArchive(file, { bytes: 2 ** 20, files: 10 }));
    if ("error" in outcome) t.true(outcome.error.message.includes(file));
    else t.true(outcome.result.paths.every((inside) => !/^[/\\]|\.\./.test(inside)));
  });
});

test("notebooks: JSON of the wrong shape is rejected, and the error names the file", async (t) => {
  const notebook = {
    cells: [{ cell_type: "code", source: ["1 + 1"], metadata: { tags: ["parameters"] }, outputs: [] }],
    metadata: { kernelspec: { name: "h2t-ts" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  t.deepEqual(readNotebook(JSON.stringify(notebook), "n.ipynb").cells, notebook.cells);
  await always(spoiled(notebook), async (text) => {
    const outcome = await cleanOutcome(() => readNotebook(text, "n.ipynb"));
    if ("error" in outcome) t.true(outcome.error.message.includes("n.ipynb"));
    else
      for (const { source } of outcome.result.cells)
        t.true(typeof source === "string" || Array.isArray(source));
  });
});

test("connection files: JSON of the wrong shape is rejected, and the error names the file", async (t) => {
  const connection: Connection = {
    transport: "tcp",
    ip: "127.0.0.1",
    signature_scheme: "hmac-sha256",
    key: "k",
    shell_port: 1,
    iopub_port: 2,
    stdin_port: 3,
    control_port: 4,
    hb_port: 65535,
  };
  const file = path.join(await temporaryFolder(t), "kernel.json");
  writeFileSync(file, JSON.stringify(connection));
  t.deepEqual(readConnectionFile(file), connection);
  await always(spoiled(connection), async (text) => {
    writeFileSync(file, text);
    const outcome = await cleanOutcome(() => readConnectionFile(file));
    if ("error" in outcome) t.true(outcome.error.message.includes(file));
    else t.is(typeof outcome.result.ip, "string");
  });
});
