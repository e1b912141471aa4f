import { execFileSync } from "node:child_process";
import { readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import test from "ava";
import { create, Header } from "tar";
import { readArchive } from "../../../src/data/sources/archive-tree.ts";
import { temporaryFolder, writeFiles } from "../../support/class-folders.ts";
import { runScript } from "../../support/run-script.ts";

const files = { "set/a.txt": "alpha", "set/deep/b.txt": "beta".repeat(5000) };

/** A tar of one entry with a custom header, which no regular tool would write. */
function hostileTar(fields: {
  path: string;
  type: "File" | "SymbolicLink" | "Link" | "ExtendedHeader";
  linkpath?: string;
  size?: number;
}): Buffer {
  const block = Buffer.alloc(512);
  new Header({ mode: 0o644, size: 0, ...fields }).encode(block);
  return Buffer.concat([block, Buffer.alloc(fields.size ? 512 : 0), Buffer.alloc(1024)]);
}

for (const [kind, pack] of [
  ["tar", (cwd: string, file: string) => create({ cwd, file }, ["set"])],
  ["tar.gz", (cwd: string, file: string) => create({ cwd, file, gzip: true }, ["set"])],
  ["tar.xz", async (cwd: string, file: string) => execFileSync("tar", ["-C", cwd, "-cJf", file, "./set"])],
] as const) {
  test(`readArchive: reads a .${kind} regardless of its name`, async (t) => {
    const folder = await temporaryFolder(t);
    await writeFiles(folder, files);
    const file = path.join(folder, "archive");
    await pack(folder, file);
    const tree = await readArchive(file);
    t.deepEqual(tree.paths, ["set/a.txt", "set/deep/b.txt"]);
    for (const [name, content] of Object.entries(files)) {
      t.is(Buffer.from(await tree.read(name)).toString(), content);
    }
  });

  test(`readArchive: a truncated .${kind} is rejected`, async (t) => {
    const folder = await temporaryFolder(t);
    await writeFiles(folder, files);
    const file = path.join(folder, "archive");
    await pack(folder, file);
    const whole = await readFile(file);
    await writeFile(file, whole.subarray(0, Math.floor(whole.length * 0.6)));
    const error = await t.throwsAsync(readArchive(file), { name: "FailureError", code: "ARCHIVE_DAMAGED" });
    t.true(error?.message.includes(file));
  });
}

test("readArchive: a .tar truncated between two files, or after one block of zeros, is rejected", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, { "a.txt": "alpha", "b.txt": "beta" });
  const file = path.join(folder, "archive.tar");
  await create({ cwd: folder, file }, ["a.txt", "b.txt"]);
  const whole = await readFile(file);
  // Header and content have a block of 512 bytes each.
  for (const blocks of [2, 4, 5]) {
    await writeFile(file, whole.subarray(0, 512 * blocks));
    const error = await t.throwsAsync(readArchive(file), { name: "FailureError", code: "ARCHIVE_DAMAGED" });
    t.true(error?.message.includes(file));
  }
  await writeFile(file, whole.subarray(0, 512 * 6));
  t.deepEqual((await readArchive(file)).paths, ["a.txt", "b.txt"]);
});

for (const name of [
  "../evil.txt",
  "set/../../evil.txt",
  "/etc/evil.txt",
  "C:/evil.txt",
  "set\\..\\..\\evil.txt",
]) {
  test(`readArchive: the path ${name} is rejected`, async (t) => {
    const file = path.join(await temporaryFolder(t), "hostile.tar");
    await writeFile(file, hostileTar({ path: name, type: "File" }));
    const error = await t.throwsAsync(readArchive(file), { code: "ARCHIVE_UNSAFE" });
    for (const detail of [file, name]) t.true(error?.message.includes(detail));
  });
}

for (const type of ["SymbolicLink", "Link"] as const) {
  test(`readArchive: a ${type} is rejected`, async (t) => {
    const file = path.join(await temporaryFolder(t), "hostile.tar");
    await writeFile(file, hostileTar({ path: "set/passwd", type, linkpath: "/etc/passwd" }));
    const error = await t.throwsAsync(readArchive(file), { code: "ARCHIVE_UNSAFE" });
    for (const detail of ["set/passwd", type]) t.true(error?.message.includes(detail));
  });
}

test("readArchive: a link created by a regular tool is rejected too", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, files);
  await symlink("a.txt", path.join(folder, "set/link.txt"));
  const file = path.join(folder, "archive.tar.gz");
  await create({ cwd: folder, file, gzip: true }, ["set"]);
  const error = await t.throwsAsync(readArchive(file), { code: "ARCHIVE_UNSAFE" });
  for (const detail of ["set/link.txt", "SymbolicLink"]) t.true(error?.message.includes(detail));
});

test("readArchive: more bytes or files than the limit are rejected", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, files);
  const file = path.join(folder, "archive.tar.gz");
  await create({ cwd: folder, file, gzip: true }, ["set"]);
  const large = await t.throwsAsync(readArchive(file, { bytes: 20_004, files: 9 }), {
    code: "ARCHIVE_TOO_LARGE",
  });
  t.regex(large?.message ?? "", /\b20004 bytes at set\//);
  const many = await t.throwsAsync(readArchive(file, { bytes: 20_005, files: 1 }), {
    code: "ARCHIVE_TOO_LARGE",
  });
  t.regex(many?.message ?? "", /\b1 files/);
  t.is((await readArchive(file, { bytes: 20_005, files: 2 })).paths.length, 2);
});

const xz = (bytes: Buffer) => execFileSync("xz", ["--compress", "--stdout"], { input: bytes });

for (const [what, tar] of [
  ["a file of zeros", hostileTar({ path: "set/zeros.png", type: "File", size: 2 ** 26 }).subarray(0, 512)],
  ["nothing but zeros", Buffer.alloc(0)],
  [
    "a comment of zeros",
    hostileTar({ path: "comment", type: "ExtendedHeader", size: 2 ** 26 }).subarray(0, 512),
  ],
] as const) {
  for (const [kind, compress] of [
    ["xz", xz],
    ["gz", gzipSync],
  ] as const) {
    test(`readArchive: ${what} that unpacks to a thousand times its size is rejected: .tar.${kind}`, async (t) => {
      const file = path.join(await temporaryFolder(t), "bomb");
      const bomb = compress(Buffer.concat([tar, Buffer.alloc(2 ** 26)]));
      t.true(bomb.length < 2 ** 26 / 1000);
      await writeFile(file, bomb);
      await t.throwsAsync(readArchive(file, { bytes: 2 ** 20, files: 10 }), {
        name: "FailureError",
        code: "ARCHIVE_TOO_LARGE",
      });
    });
  }
}

test("readArchive: a bomb that unpacks to 6,000 times its size, near the limit of xz, is rejected in little memory", async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, "bomb");
  const unpackedBytes = 300 * 2 ** 20;
  const bomb = xz(Buffer.alloc(unpackedBytes));
  t.true(bomb.length < unpackedBytes / 6000);
  await writeFile(file, bomb);
  const { status, stdout, stderr } = runScript(`
    import { readArchive } from "./data/sources/archive-tree.ts";
    const peakBytes = () => process.resourceUsage().maxRSS * 1024;
    const before = peakBytes();
    const limits = { bytes: 2 ** 27, files: 10 };
    const code = await readArchive(${JSON.stringify(file)}, limits).then(() => "", (error) => error.code);
    console.log(JSON.stringify({ code, more: peakBytes() - before }));
  `);
  t.is(status, 0, stderr);
  const { code, more } = JSON.parse(stdout);
  t.is(code, "ARCHIVE_TOO_LARGE");
  t.true(more < 2 ** 27, `${more} bytes`);
});

test("readArchive: a file that is not an archive is rejected", async (t) => {
  const file = path.join(await temporaryFolder(t), "page.tar.gz");
  await writeFile(file, "<html>404</html>".repeat(100));
  await t.throwsAsync(readArchive(file), { code: "ARCHIVE_FORMAT" });
});
