import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import test, { type ExecutionContext } from "ava";
import fc from "fast-check";
import sharp from "sharp";
import { create } from "tar";
import { readNotebook } from "../../src/cli/notebook.ts";
import { readArchive } from "../../src/images/archive-tree.ts";
import { type CifarFormat, readCifarBinaries } from "../../src/images/cifar-binary.ts";
import { decodeImage } from "../../src/images/decode-image.ts";
import { loadDataset } from "../../src/images/load-dataset.ts";
import { type Manifest, manifestText } from "../../src/images/manifest.ts";
import { packDataset } from "../../src/images/pack-dataset.ts";
import { readConnectionFile } from "../../src/kernel/protocol/connection-file.ts";
import { readRecord } from "../../src/paper/records.ts";
import { findExperiment } from "../../src/paper/rows/experiments.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/training/safetensors.ts";
import { SafetensorsReader } from "../../src/training/safetensors-reader.ts";
import { patternPixels, patternPng, temporaryFolder, writeFiles } from "../support/class-folders.ts";
import { cleanOutcome } from "../support/clean-outcome.ts";
import { madeUpRecord } from "../support/made-up-record.ts";
import { spoiled } from "../support/spoiled.ts";

/** Checks a property for 50 inputs, the same ones each time. */
const always = <Input>(inputs: fc.Arbitrary<Input>, holds: (input: Input) => Promise<void>) =>
  fc.assert(fc.asyncProperty(inputs, holds), { numRuns: 50, seed: 8 });

const bytes = (most: number) => fc.uint8Array({ maxLength: most }).map((array) => Buffer.from(array));

/** Files that differ from a whole one in some bytes, or end too early. */
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

function safetensorsFile(header: string, data: Buffer): Buffer {
  const json = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, data]);
}

const entry = { dtype: "F32", shape: [2, 1], data_offsets: [0, 8] };
const anyTensors = fc.oneof(
  bytes(64),
  fc
    .tuple(
      spoiled({ __metadata__: { "h2t.sha256": "0".repeat(64), text: "a" }, w: entry, v: entry }),
      bytes(16),
    )
    .map(([header, data]) => safetensorsFile(header, data)),
);

test("safetensors: whatever the bytes, they are refused in one line", async (t) => {
  await always(anyTensors, async (content) => {
    const outcome = await cleanOutcome(() => decodeSafetensors(content, "w.safetensors"));
    t.true("error" in outcome && outcome.error.message.includes("w.safetensors"));
  });
});

test("safetensors, read in parts: whatever the bytes, they are refused in one line", async (t) => {
  const file = path.join(await temporaryFolder(t), "bank.safetensors");
  await always(anyTensors, async (content) => {
    writeFileSync(file, content);
    const outcome = await cleanOutcome(() => new SafetensorsReader(file).metadata);
    t.true("error" in outcome && outcome.error.message.includes(file));
  });
});

test("safetensors: whatever names, shapes, values and texts are written, they are read, every bit", async (t) => {
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

test("CIFAR binaries: whatever the bytes, images and labels are those of the format, or they are refused", async (t) => {
  const recordBytes = 1 + 3072;
  const format: CifarFormat = {
    numClasses: 3,
    labelBytes: 1,
    classNamesFile: "names.txt",
    trainFiles: ["train.bin"],
    testFiles: ["test.bin"],
    recordsPerFile: { train: 2, test: 1 },
  };
  const record = fc
    .tuple(fc.oneof({ weight: 5, arbitrary: fc.nat(2) }, fc.nat(255)), fc.nat(255), fc.nat(3071))
    .map(([label, value, place]) => {
      const content = Buffer.alloc(recordBytes);
      content[0] = label;
      content[1 + place] = value;
      return content;
    });
  const file = (records: number) =>
    fc
      .tuple(
        fc.array(record, { minLength: records, maxLength: records }),
        fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: -1, max: 1 })),
      )
      .map(([content, more]) =>
        Buffer.concat([...content, Buffer.alloc(1)]).subarray(0, records * recordBytes + more),
      );
  const names = fc.constantFrom("a\nb\nc\n", "a\r\nb\r\nc", "a\nb", "");
  await always(fc.tuple(file(2), file(1), names), async ([train, tested, classNames]) => {
    const files: Record<string, Buffer> = {
      "set/train.bin": train,
      "set/test.bin": tested,
      "set/names.txt": Buffer.from(classNames),
    };
    const tree = {
      source: "set.tar",
      paths: Object.keys(files),
      read: async (at: string) => files[at] as Buffer,
    };
    const outcome = await cleanOutcome(() => readCifarBinaries(tree, format));
    const labels = [0, recordBytes].map((start) => train[start] as number);
    const isRight =
      train.length === 2 * recordBytes &&
      tested.length === recordBytes &&
      [...labels, tested[0] as number].every((label) => label < 3) &&
      classNames.startsWith("a") &&
      classNames.includes("c");
    if (!isRight) {
      t.true("error" in outcome && outcome.error.message.includes("of set.tar must"));
      return;
    }
    const read = "result" in outcome ? outcome.result : undefined;
    t.deepEqual([...(read?.train.labels ?? [])], labels);
    const red = (pixel: number) => train[1 + pixel];
    t.deepEqual(
      Array.from({ length: 1024 }, (_, pixel) => read?.train.pixels[3 * pixel]),
      Array.from({ length: 1024 }, (_, pixel) => red(pixel)),
    );
  });
});

test("pictures: whatever is changed or cut, three channels of 32 × 32 pixels come out, or an error in one line", async (t) => {
  const jpeg = await sharp(patternPixels(3), { raw: { width: 32, height: 32, channels: 3 } })
    .jpeg()
    .toBuffer();
  const pictures = fc.oneof(damagedCopies(jpeg), damagedCopies(await patternPng(3)), bytes(64));
  await always(pictures, async (content) => {
    const outcome = await cleanOutcome(() => decodeImage(content, "0.png"));
    t.true(
      "error" in outcome ? outcome.error.message.startsWith("0.png must") : outcome.result.length === 3072,
    );
  });
});

test("archives: whatever is changed or cut, files inside their own folder come out, or an error in one line", async (t) => {
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
  await always(archives, async (content) => {
    writeFileSync(file, content);
    const outcome = await cleanOutcome(() => readArchive(file, { bytes: 2 ** 20, files: 10 }));
    if ("error" in outcome) t.true(outcome.error.message.includes(file));
    else t.true(outcome.result.paths.every((inside) => !/^[/\\]|\.\./.test(inside)));
  });
});

/** A folder in which a file can be written and read again. */
async function fileIn(t: ExecutionContext, ...names: string[]): Promise<string> {
  const file = path.join(await temporaryFolder(t), ...names);
  mkdirSync(path.dirname(file), { recursive: true });
  return file;
}

test("manifests: JSON of the wrong shape or content is refused, and the file named", async (t) => {
  const file = await fileIn(t, "glyphs-10", "manifest.json");
  const dataDir = path.dirname(path.dirname(file));
  const image = { pixels: patternPixels(1), labels: Int32Array.of(0), height: 32, width: 32, numClasses: 1 };
  const { readFile } = await import("node:fs/promises");
  const packed = {
    name: "glyphs-10",
    origin: "generated",
    classNames: ["a"],
    train: image,
    test: image,
  } as const;
  await packDataset(packed, dataDir);
  const manifest: Manifest = JSON.parse(await readFile(file, "utf8"));
  const whole = manifestText(manifest);
  t.is(await readFile(file, "utf8"), whole);
  await always(spoiled(manifest), async (text) => {
    const compact = JSON.stringify(manifest);
    if (text === compact) return;
    writeFileSync(file, text);
    const outcome = await cleanOutcome(() => loadDataset("glyphs-10", dataDir));
    // Without its hash, which is how packs began, a manifest may name classes as it likes.
    if ("result" in outcome) t.false(text.includes('"sha256":"', text.lastIndexOf("digest")));
    else t.regex(outcome.error.message, /\.(json|bin) must .*; pack it again with `h2t data glyphs-10`$/);
  });
});

test("records: JSON of the wrong shape is refused, and the file named", async (t) => {
  const { record } = madeUpRecord(findExperiment("table-5/bs-is@glyphs-10"), {
    accuracy: { head: 0.6, medium: 0.5, tail: null, all: 0.55 },
  });
  const file = await fileIn(t, "record.json");
  await always(spoiled(record), async (text) => {
    writeFileSync(file, text);
    const outcome = await cleanOutcome(() => readRecord(file, record.runId));
    if ("error" in outcome)
      t.true(outcome.error.message.startsWith(`${file} must be a whole run record, got `));
    else t.is(outcome.result.runId, record.runId);
  });
});

test("notebooks: JSON of the wrong shape is refused, and the file named", async (t) => {
  const notebook = {
    cells: [{ cell_type: "code", source: ["1 + 1"], metadata: { tags: ["parameters"] }, outputs: [] }],
    metadata: { kernelspec: { name: "h2t-ts" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  await always(spoiled(notebook), async (text) => {
    const outcome = await cleanOutcome(() => readNotebook(text, "n.ipynb"));
    if ("error" in outcome)
      t.true(outcome.error.message.startsWith("n.ipynb must be a Jupyter notebook of version 4, got "));
    else
      for (const { source } of outcome.result.cells)
        t.true(typeof source === "string" || Array.isArray(source));
  });
});

test("connection files: JSON of the wrong shape is refused, and the file named", async (t) => {
  const connection = {
    ...{ transport: "tcp", ip: "127.0.0.1", signature_scheme: "hmac-sha256", key: "k" },
    ...{ shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 65535 },
  };
  const file = await fileIn(t, "kernel.json");
  await always(spoiled(connection), async (text) => {
    writeFileSync(file, text);
    const outcome = await cleanOutcome(() => readConnectionFile(file));
    if ("error" in outcome) t.true(outcome.error.message.includes(file));
    else t.is(typeof outcome.result.ip, "string");
  });
});
