import test from "ava";
import fc from "fast-check";
import { readPickle } from "../../../../src/data/sources/pickle/read-pickle.ts";
import { FailureError } from "../../../../src/errors.ts";
import {
  assemble,
  littleEndian,
  python2Batch,
  python2Meta,
  python3Batch,
  python3Meta,
} from "../../../support/pickle.ts";

const read = (bytes: Uint8Array) => readPickle(bytes, "batch");
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const doubles = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
};

const batch = {
  data: Uint8Array.from({ length: 2 * 3072 }, (_, i) => i % 251),
  labels: [7, 3],
  filenames: ["automobile_s_000001.png", "a.png"],
};

/**
 * pickle.dumps({b"data": np.arange(6, dtype=np.uint8).reshape(2, 3) + 126, "labels": [3, 300, 70000, -1, 2**40],
 * "columns": np.asfortranarray(np.array([[1, -2, 3], [4, 5, 6]], np.int16)), "wide": np.array([1 - 2**53, 2**53 - 1]),
 * "single": np.array([0.5, -1.25], np.float32), "raw": b"\x80z", "more": ("é", None, True, False, 0.1, ())}, protocol)
 * by Python 3.11.
 */
const savedByPython3 = [
  [
    "numpy 1.26.4, protocol 2",
    "gAJ9cQAoY19jb2RlY3MKZW5jb2RlCnEBWAQAAABkYXRhcQJYBgAAAGxhdGluMXEDhnEEUnEFY251bXB5LmNvcmUubXVsdGlhcnJheQpfcmVjb25zdHJ1Y3QKcQZjbnVtcHkKbmRhcnJheQpxB0sAhXEIaAFYAQAAAGJxCWgDhnEKUnELh3EMUnENKEsBSwJLA4ZxDmNudW1weQpkdHlwZQpxD1gCAAAAdTFxEImIh3ERUnESKEsDWAEAAAB8cRNOTk5K/////0r/////SwB0cRRiiWgBWAoAAAB+f8KAwoHCgsKDcRVoA4ZxFlJxF3RxGGJYBgAAAGxhYmVsc3EZXXEaKEsDTSwBSnARAQBK/////4oGAAAAAAABZVgHAAAAY29sdW1uc3EbaAZoB0sAhXEcaAuHcR1ScR4oSwFLAksDhnEfaA9YAgAAAGkycSCJiIdxIVJxIihLA1gBAAAAPHEjTk5OSv////9K/////0sAdHEkYohoAVgOAAAAAQAEAMO+w78FAAMABgBxJWgDhnEmUnEndHEoYlgEAAAAd2lkZXEpaAZoB0sAhXEqaAuHcStScSwoSwFLAoVxLWgPWAIAAABpOHEuiYiHcS9ScTAoSwNoI05OTkr/////Sv////9LAHRxMWKJaAFYGAAAAAEAAAAAAMOgw7/Dv8O/w7/Dv8O/w78fAHEyaAOGcTNScTR0cTViWAYAAABzaW5nbGVxNmgGaAdLAIVxN2gLh3E4UnE5KEsBSwKFcTpoD1gCAAAAZjRxO4mIh3E8UnE9KEsDaCNOTk5K/////0r/////SwB0cT5iiWgBWAoAAAAAAAA/AADCoMK/cT9oA4ZxQFJxQXRxQmJYAwAAAHJhd3FDaAFYAwAAAMKAenFEaAOGcUVScUZYBAAAAG1vcmVxRyhYAgAAAMOpcUhOiIlHP7mZmZmZmZopdHFJdS4=",
  ],
  [
    "numpy 1.26.4, protocol 3",
    "gAN9cQAoQwRkYXRhcQFjbnVtcHkuY29yZS5tdWx0aWFycmF5Cl9yZWNvbnN0cnVjdApxAmNudW1weQpuZGFycmF5CnEDSwCFcQRDAWJxBYdxBlJxByhLAUsCSwOGcQhjbnVtcHkKZHR5cGUKcQlYAgAAAHUxcQqJiIdxC1JxDChLA1gBAAAAfHENTk5OSv////9K/////0sAdHEOYolDBn5/gIGCg3EPdHEQYlgGAAAAbGFiZWxzcRFdcRIoSwNNLAFKcBEBAEr/////igYAAAAAAAFlWAcAAABjb2x1bW5zcRNoAmgDSwCFcRRoBYdxFVJxFihLAUsCSwOGcRdoCVgCAAAAaTJxGImIh3EZUnEaKEsDWAEAAAA8cRtOTk5K/////0r/////SwB0cRxiiEMMAQAEAP7/BQADAAYAcR10cR5iWAQAAAB3aWRlcR9oAmgDSwCFcSBoBYdxIVJxIihLAUsChXEjaAlYAgAAAGk4cSSJiIdxJVJxJihLA2gbTk5OSv////9K/////0sAdHEnYolDEAEAAAAAAOD/////////HwBxKHRxKWJYBgAAAHNpbmdsZXEqaAJoA0sAhXEraAWHcSxScS0oSwFLAoVxLmgJWAIAAABmNHEviYiHcTBScTEoSwNoG05OTkr/////Sv////9LAHRxMmKJQwgAAAA/AACgv3EzdHE0YlgDAAAAcmF3cTVDAoB6cTZYBAAAAG1vcmVxNyhYAgAAAMOpcThOiIlHP7mZmZmZmZopdHE5dS4=",
  ],
  [
    "numpy 1.26.4, protocol 4",
    "gASV6AEAAAAAAAB9lChDBGRhdGGUjBVudW1weS5jb3JlLm11bHRpYXJyYXmUjAxfcmVjb25zdHJ1Y3SUk5SMBW51bXB5lIwHbmRhcnJheZSTlEsAhZRDAWKUh5RSlChLAUsCSwOGlGgFjAVkdHlwZZSTlIwCdTGUiYiHlFKUKEsDjAF8lE5OTkr/////Sv////9LAHSUYolDBn5/gIGCg5R0lGKMBmxhYmVsc5RdlChLA00sAUpwEQEASv////+KBgAAAAAAAWWMB2NvbHVtbnOUaARoB0sAhZRoCYeUUpQoSwFLAksDhpRoDowCaTKUiYiHlFKUKEsDjAE8lE5OTkr/////Sv////9LAHSUYohDDAEABAD+/wUAAwAGAJR0lGKMBHdpZGWUaARoB0sAhZRoCYeUUpQoSwFLAoWUaA6MAmk4lImIh5RSlChLA2ggTk5OSv////9K/////0sAdJRiiUMQAQAAAAAA4P////////8fAJR0lGKMBnNpbmdsZZRoBGgHSwCFlGgJh5RSlChLAUsChZRoDowCZjSUiYiHlFKUKEsDaCBOTk5K/////0r/////SwB0lGKJQwgAAAA/AACgv5R0lGKMA3Jhd5RDAoB6lIwEbW9yZZQojALDqZROiIlHP7mZmZmZmZopdJR1Lg==",
  ],
  [
    "numpy 2.4.6, protocol 2",
    "gAJ9cQAoY19jb2RlY3MKZW5jb2RlCnEBWAQAAABkYXRhcQJYBgAAAGxhdGluMXEDhnEEUnEFY251bXB5Ll9jb3JlLm11bHRpYXJyYXkKX3JlY29uc3RydWN0CnEGY251bXB5Cm5kYXJyYXkKcQdLAIVxCGgBWAEAAABicQloA4ZxClJxC4dxDFJxDShLAUsCSwOGcQ5jbnVtcHkKZHR5cGUKcQ9YAgAAAHUxcRCJiIdxEVJxEihLA1gBAAAAfHETTk5OSv////9K/////0sAdHEUYoloAVgKAAAAfn/CgMKBwoLCg3EVaAOGcRZScRd0cRhiWAYAAABsYWJlbHNxGV1xGihLA00sAUpwEQEASv////+KBgAAAAAAAWVYBwAAAGNvbHVtbnNxG2gGaAdLAIVxHGgLh3EdUnEeKEsBSwJLA4ZxH2gPWAIAAABpMnEgiYiHcSFScSIoSwNYAQAAADxxI05OTkr/////Sv////9LAHRxJGKIaAFYDgAAAAEABADDvsO/BQADAAYAcSVoA4ZxJlJxJ3RxKGJYBAAAAHdpZGVxKWgGaAdLAIVxKmgLh3ErUnEsKEsBSwKFcS1oD1gCAAAAaThxLomIh3EvUnEwKEsDaCNOTk5K/////0r/////SwB0cTFiiWgBWBgAAAABAAAAAADDoMO/w7/Dv8O/w7/Dv8O/HwBxMmgDhnEzUnE0dHE1YlgGAAAAc2luZ2xlcTZoBmgHSwCFcTdoC4dxOFJxOShLAUsChXE6aA9YAgAAAGY0cTuJiIdxPFJxPShLA2gjTk5OSv////9K/////0sAdHE+YoloAVgKAAAAAAAAPwAAwqDCv3E/aAOGcUBScUF0cUJiWAMAAAByYXdxQ2gBWAMAAADCgHpxRGgDhnFFUnFGWAQAAABtb3JlcUcoWAIAAADDqXFIToiJRz+5mZmZmZmaKXRxSXUu",
  ],
  [
    "numpy 2.4.6, protocol 3",
    "gAN9cQAoQwRkYXRhcQFjbnVtcHkuX2NvcmUubXVsdGlhcnJheQpfcmVjb25zdHJ1Y3QKcQJjbnVtcHkKbmRhcnJheQpxA0sAhXEEQwFicQWHcQZScQcoSwFLAksDhnEIY251bXB5CmR0eXBlCnEJWAIAAAB1MXEKiYiHcQtScQwoSwNYAQAAAHxxDU5OTkr/////Sv////9LAHRxDmKJQwZ+f4CBgoNxD3RxEGJYBgAAAGxhYmVsc3ERXXESKEsDTSwBSnARAQBK/////4oGAAAAAAABZVgHAAAAY29sdW1uc3ETaAJoA0sAhXEUaAWHcRVScRYoSwFLAksDhnEXaAlYAgAAAGkycRiJiIdxGVJxGihLA1gBAAAAPHEbTk5OSv////9K/////0sAdHEcYohDDAEABAD+/wUAAwAGAHEddHEeYlgEAAAAd2lkZXEfaAJoA0sAhXEgaAWHcSFScSIoSwFLAoVxI2gJWAIAAABpOHEkiYiHcSVScSYoSwNoG05OTkr/////Sv////9LAHRxJ2KJQxABAAAAAADg/////////x8AcSh0cSliWAYAAABzaW5nbGVxKmgCaANLAIVxK2gFh3EsUnEtKEsBSwKFcS5oCVgCAAAAZjRxL4mIh3EwUnExKEsDaBtOTk5K/////0r/////SwB0cTJiiUMIAAAAPwAAoL9xM3RxNGJYAwAAAHJhd3E1QwKAenE2WAQAAABtb3JlcTcoWAIAAADDqXE4ToiJRz+5mZmZmZmaKXRxOXUu",
  ],
  [
    "numpy 2.4.6, protocol 4",
    "gASV6QEAAAAAAAB9lChDBGRhdGGUjBZudW1weS5fY29yZS5tdWx0aWFycmF5lIwMX3JlY29uc3RydWN0lJOUjAVudW1weZSMB25kYXJyYXmUk5RLAIWUQwFilIeUUpQoSwFLAksDhpRoBYwFZHR5cGWUk5SMAnUxlImIh5RSlChLA4wBfJROTk5K/////0r/////SwB0lGKJQwZ+f4CBgoOUdJRijAZsYWJlbHOUXZQoSwNNLAFKcBEBAEr/////igYAAAAAAAFljAdjb2x1bW5zlGgEaAdLAIWUaAmHlFKUKEsBSwJLA4aUaA6MAmkylImIh5RSlChLA4wBPJROTk5K/////0r/////SwB0lGKIQwwBAAQA/v8FAAMABgCUdJRijAR3aWRllGgEaAdLAIWUaAmHlFKUKEsBSwKFlGgOjAJpOJSJiIeUUpQoSwNoIE5OTkr/////Sv////9LAHSUYolDEAEAAAAAAOD/////////HwCUdJRijAZzaW5nbGWUaARoB0sAhZRoCYeUUpQoSwFLAoWUaA6MAmY0lImIh5RSlChLA2ggTk5OSv////9K/////0sAdJRiiUMIAAAAPwAAoL+UdJRijANyYXeUQwKAepSMBG1vcmWUKIwCw6mUToiJRz+5mZmZmZmaKXSUdS4=",
  ],
] as const;

/** What numpy stores of an array: everything from its name to its state. */
function storedArray(fields: {
  type?: string;
  order?: string;
  shape?: readonly number[];
  columnMajor?: boolean;
  bytes?: Uint8Array;
}): Uint8Array {
  const { type = "u1", order = "|", shape = [2], columnMajor = false, bytes = Uint8Array.of(1, 2) } = fields;
  return assemble(
    assemble("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK", 0, 0x85, "U", 1, "b", 0x87, "R"),
    assemble("(K", 1, "(", ...shape.map((size) => assemble("J", littleEndian(size, 4))), "t"),
    assemble("cnumpy\ndtype\nU", type.length, type, "K", 0, "K", 1, 0x87, "R"),
    assemble("(K", 3, "U", 1, order, "NNNK", 0, "K", 0, "K", 0, "tb"),
    assemble(columnMajor ? 0x88 : 0x89, "T", littleEndian(bytes.length, 4), bytes, "tb"),
  );
}

const arrayFile = (fields: Parameters<typeof storedArray>[0]) => assemble(0x80, 2, storedArray(fields), ".");

for (const [writer, base64] of savedByPython3) {
  test(`readPickle: what ${writer} saved has the same values`, (t) => {
    t.deepEqual(
      read(Buffer.from(base64, "base64")),
      new Map<string, unknown>([
        ["data", { shape: [2, 3], dtype: "u1", values: Uint8Array.of(126, 127, 128, 129, 130, 131) }],
        ["labels", [3, 300, 70_000, -1, 2 ** 40]],
        ["columns", { shape: [2, 3], dtype: "i2", values: Int16Array.of(1, -2, 3, 4, 5, 6) }],
        ["wide", { shape: [2], dtype: "i8", values: Float64Array.of(1 - 2 ** 53, 2 ** 53 - 1) }],
        ["single", { shape: [2], dtype: "f4", values: Float32Array.of(0.5, -1.25) }],
        ["raw", Uint8Array.of(0x80, 0x7a)],
        ["more", ["é", null, true, false, 0.1, []]],
      ]) as never,
    );
  });
}

for (const labelKey of ["labels", "fine_labels"] as const) {
  const data = { shape: [2, 3072], dtype: "u1", values: batch.data };

  test(`readPickle: a batch of Python 2 with ${labelKey} has bytes for names`, (t) => {
    const value = read(python2Batch({ ...batch, labelKey }));
    t.deepEqual(
      value,
      new Map<string, unknown>([
        ["batch_label", bytesOf("training batch 1 of 5")],
        [labelKey, [7, 3]],
        ...(labelKey === "labels" ? [] : [["coarse_labels", [1, 0]] as const]),
        ["data", data],
        ["filenames", batch.filenames.map(bytesOf)],
      ]) as never,
    );
  });

  test(`readPickle: a batch of Python 3 with ${labelKey} has names as it stored them`, (t) => {
    const fromBytes = read(python3Batch({ ...batch, labelKey }));
    t.deepEqual(fromBytes, read(python2Batch({ ...batch, labelKey })));
    const fromText = read(python3Batch({ ...batch, labelKey }, "text"));
    t.true(fromText instanceof Map);
    if (!(fromText instanceof Map)) return;
    t.deepEqual(fromText.get("filenames"), batch.filenames);
    t.deepEqual(fromText.get("data"), data as never);
  });
}

test("readPickle: class names of Python 2 and 3", (t) => {
  const meta = { key: "label_names", names: ["airplane", "automobile"] };
  const withNames = (names: unknown) =>
    new Map<string, unknown>([
      ["num_cases_per_batch", 10_000],
      ["label_names", names],
      ["num_vis", 3072],
    ]) as never;
  t.deepEqual(read(python2Meta(meta)), withNames(meta.names.map(bytesOf)));
  t.deepEqual(read(python3Meta(meta)), withNames(meta.names.map(bytesOf)));
  t.deepEqual(read(python3Meta(meta, "text")), withNames(meta.names));
});

test("readPickle: more names than one byte can number", (t) => {
  const names = Array.from({ length: 2500 }, (_, i) => `name ${i}`);
  for (const bytes of [
    python2Meta({ key: "names", names }),
    python3Meta({ key: "names", names }),
    python3Meta({ key: "names", names }, "text"),
  ]) {
    const value = read(bytes);
    t.true(value instanceof Map);
    if (!(value instanceof Map)) return;
    t.deepEqual(
      (value.get("names") as (string | Uint8Array)[]).map((name) => Buffer.from(name).toString()),
      names,
    );
  }
});

for (const [what, parts, value] of [
  ["BININT", ["J", littleEndian(0xfffffffe, 4)], -2],
  ["BININT1", ["K", 200], 200],
  ["BININT2", ["M", 0x2c, 1], 300],
  ["LONG1 without bytes", [0x8a, 0], 0],
  ["LONG1", [0x8a, 2, 0x2c, 1], 300],
  ["a negative LONG1", [0x8a, 1, 0xff], -1],
  ["a LONG1 of 255 bytes", [0x8a, 255, 5, new Uint8Array(254)], 5],
  ["BINFLOAT", ["G", doubles(-0.1)], -0.1],
  ["NONE", ["N"], null],
  ["NEWTRUE", [0x88], true],
  ["NEWFALSE", [0x89], false],
  ["SHORT_BINSTRING", ["U", 2, "ab"], bytesOf("ab")],
  ["BINSTRING", ["T", littleEndian(2, 4), "ab"], bytesOf("ab")],
  ["SHORT_BINBYTES", ["C", 2, "ab"], bytesOf("ab")],
  ["BINBYTES", ["B", littleEndian(2, 4), "ab"], bytesOf("ab")],
  ["BINBYTES8", [0x8e, littleEndian(2, 8), "ab"], bytesOf("ab")],
  ["SHORT_BINUNICODE", [0x8c, 2, 0xc3, 0xa9], "é"],
  ["BINUNICODE", ["X", littleEndian(2, 4), 0xc3, 0xa9], "é"],
  ["BINUNICODE8", [0x8d, littleEndian(2, 8), 0xc3, 0xa9], "é"],
  ["a byte order mark in text", ["X", littleEndian(3, 4), 0xef, 0xbb, 0xbf], "\ufeff"],
  ["EMPTY_LIST", ["]"], []],
  ["APPEND", ["]K", 1, "aK", 2, "a"], [1, 2]],
  ["APPENDS", ["](K", 1, "K", 2, "e"], [1, 2]],
  ["EMPTY_TUPLE", [")"], []],
  ["TUPLE", ["(K", 1, "K", 2, "t"], [1, 2]],
  ["TUPLE1, TUPLE2 and TUPLE3", ["N", 0x85, "NNN", 0x87, 0x86], [[null], [null, null, null]]],
  ["EMPTY_DICT", ["}"], new Map()],
  ["SETITEM", ["}U", 1, "aK", 1, "s"], new Map([["a", 1]])],
  [
    "SETITEMS",
    ["}(U", 1, "aK", 1, "X", littleEndian(1, 4), "bK", 2, "u"],
    new Map([
      ["a", 1],
      ["b", 2],
    ]),
  ],
  ["a Latin-1 key", ["}U", 1, 0xe9, "Ns"], new Map([["é", null]])],
  ["a key named __proto__", ["}U", 9, "__proto__K", 1, "s"], new Map([["__proto__", 1]])],
  ["BINPUT and BINGET", ["K", 5, "q", 9, "h", 9, 0x86], [5, 5]],
  [
    "LONG_BINPUT and LONG_BINGET",
    ["K", 5, "r", littleEndian(2 ** 32 - 1, 4), "j", littleEndian(2 ** 32 - 1, 4), 0x86],
    [5, 5],
  ],
  ["MEMOIZE", ["(K", 5, 0x94, "K", 6, 0x94, "h", 1, "h", 0, "t"], [5, 6, 6, 5]],
  ["a list that is filled after its use", ["]q", 0, 0x85, "h", 0, "K", 1, "a", 0x86], [[[1]], [1]]],
  ["FRAME", [0x95, littleEndian(2, 8), "N"], null],
  [
    "_codecs.encode",
    [
      "c_codecs\nencode\nX",
      littleEndian(3, 4),
      "a",
      0xc3,
      0xa9,
      "X",
      littleEndian(6, 4),
      "latin1",
      0x86,
      "R",
    ],
    bytesOf("aé"),
  ],
  [
    "STACK_GLOBAL",
    [0x8c, 7, "_codecs", 0x8c, 6, "encode", 0x93, 0x8c, 1, "a", 0x8c, 6, "latin1", 0x86, "R"],
    bytesOf("a"),
  ],
] as const) {
  test(`readPickle: ${what}`, (t) => {
    t.deepEqual(read(assemble(0x80, 4, ...parts, ".")), value as never);
  });
}

for (const [type, bytes, values] of [
  ["u1", [1, 255], Uint8Array.of(1, 255)],
  ["i1", [1, 255], Int8Array.of(1, -1)],
  ["i2", [1, 0, 0xfe, 0xff], Int16Array.of(1, -2)],
  ["i4", [1, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff], Int32Array.of(1, -2)],
  [
    "i8",
    [1, 0, 0, 0, 1, 0, 0, 0, ...littleEndian(2 ** 32 - 1, 8)],
    Float64Array.of(2 ** 32 + 1, 2 ** 32 - 1),
  ],
  ["f4", [0, 0, 0x80, 0x3f, 0, 0, 0, 0xbf], Float32Array.of(1, -0.5)],
  ["f8", [...doubles(0.1).reverse(), ...doubles(-3).reverse()], Float64Array.of(0.1, -3)],
] as const) {
  test(`readPickle: a numpy array of ${type}`, (t) => {
    for (const order of ["<", "|"]) {
      const value = read(arrayFile({ type, order, bytes: Uint8Array.from(bytes) }));
      t.deepEqual(value, { shape: [2], dtype: type, values });
    }
  });
}

test("readPickle: numpy arrays of no axis, of no entry and in Fortran's order", (t) => {
  const one = read(arrayFile({ shape: [], bytes: Uint8Array.of(9) }));
  t.deepEqual(one, { shape: [], dtype: "u1", values: Uint8Array.of(9) });
  const none = read(arrayFile({ shape: [3, 0], columnMajor: true, bytes: Uint8Array.of() }));
  t.deepEqual(none, { shape: [3, 0], dtype: "u1", values: Uint8Array.of() });
  // np.arange(24, dtype=np.uint8).reshape(2, 1, 3, 4).tobytes("F")
  const bytes = Buffer.from("000c0410081401" + "0d0511091502" + "0e06120a1603" + "0f07130b17", "hex");
  const shape = [2, 1, 3, 4];
  t.deepEqual(read(arrayFile({ shape, columnMajor: true, bytes: new Uint8Array(bytes) })), {
    shape,
    dtype: "u1",
    values: Uint8Array.from({ length: 24 }, (_, i) => i),
  });
});

test("readPickle: bytes are views of the file, wherever it begins in its buffer", (t) => {
  const file = arrayFile({});
  const roomy = Buffer.concat([Buffer.from("before"), file, Buffer.from("after")]);
  const inside = roomy.subarray(6, 6 + file.length);
  const value = read(inside);
  t.deepEqual(value, { shape: [2], dtype: "u1", values: Uint8Array.of(1, 2) });
  inside[file.length - 4] = 77;
  t.deepEqual(value, { shape: [2], dtype: "u1", values: Uint8Array.of(1, 77) });
});

const latin1 = assemble("X", littleEndian(6, 4), "latin1");

for (const [what, parts] of [
  ["nothing", []],
  ["no STOP", ["N"]],
  ["STOP alone", ["."]],
  ["STOP with a mark left", ["(N."]],
  ["STOP with two values", ["NN."]],
  ["APPEND without a list", ["Na."]],
  ["APPEND to a number", ["NNa."]],
  ["APPENDS without a mark", ["]Ne."]],
  ["APPENDS without a list", ["(Ne."]],
  ["SETITEM without a value", ["}U", 1, "as."]],
  ["SETITEM on a list", ["]U", 1, "aNs."]],
  ["SETITEMS with a key too many", ["}(U", 1, "au."]],
  ["SETITEMS without a mark", ["}u."]],
  ["TUPLE without a mark", ["Nt."]],
  ["TUPLE1 of nothing", [0x85, "."]],
  ["TUPLE3 of two", ["NN", 0x87, "."]],
  ["TUPLE2 beyond a mark", ["N(N", 0x86, "."]],
  ["BINPUT of nothing", ["q", 0, "N."]],
  ["MEMOIZE of nothing", [0x94, "N."]],
  ["BINGET of an unknown place", ["Nq", 0, "h", 1, "."]],
  ["LONG_BINGET of an unknown place", ["j", littleEndian(2 ** 32 - 1, 4), "."]],
  ["a BINSTRING beyond the end", ["T", littleEndian(9, 4), "a."]],
  ["a BINSTRING of negative length", ["T", littleEndian(2 ** 31, 4), "a."]],
  ["a BINBYTES beyond 2^31", ["B", littleEndian(2 ** 32 - 1, 4), "a."]],
  ["a BINBYTES8 of 2^64 - 1", [0x8e, new Uint8Array(8).fill(255), "a."]],
  ["a BINUNICODE8 of 2^64 - 1", [0x8d, new Uint8Array(8).fill(255), "a."]],
  ["a BINUNICODE beyond the end", ["X", littleEndian(9, 4), "a."]],
  ["text that is not UTF-8", ["X", littleEndian(1, 4), 0xe9, "."]],
  ["a FRAME beyond the end", [0x95, littleEndian(99, 8), "N."]],
  ["a GLOBAL without an end", ["cnumpy\ndtype"]],
  ["a GLOBAL that is not UTF-8", ["c", 0xff, "\n\n."]],
  ["STACK_GLOBAL of bytes", ["U", 5, "numpyU", 5, "dtype", 0x93, "."]],
  ["REDUCE of a value", ["N)R."]],
  ["REDUCE without arguments", ["cnumpy\ndtype\nNR."]],
  ["numpy.dtype without a name", ["cnumpy\ndtype\n)R."]],
  ["_codecs.encode of bytes", ["c_codecs\nencode\nU", 1, "aU", 6, "latin1", 0x86, "R."]],
  [
    "_codecs.encode of text beyond Latin-1",
    ["c_codecs\nencode\nX", littleEndian(3, 4), "€U", 6, "latin1", 0x86, "R."],
  ],
  ["BUILD of a value", ["N)b."]],
  ["BUILD of a dictionary", ["})b."]],
  ["BUILD without a state", ["cnumpy\ndtype\nU", 2, "u1", 0x85, "RNb."]],
  ["BUILD of a type without byte order", ["cnumpy\ndtype\nU", 2, "u1", 0x85, "R)b."]],
  [
    "BUILD of an array with an empty state",
    ["cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n", 0x85, "R)b."],
  ],
  ["an array that is not built", ["cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n", 0x85, "R."]],
  ["an array that is built twice", [storedArray({}).subarray(0, -1), "q", 0, "bh", 0, "b."]],
  ["an array with bytes missing", [storedArray({ shape: [3] }), "."]],
  ["an array with bytes left", [storedArray({ shape: [1] }), "."]],
  ["an array with half a number", [storedArray({ type: "i4" }), "."]],
  ["an array of negative shape", [storedArray({ shape: [2 ** 32 - 1] }), "."]],
  ["an array of huge shape", [storedArray({ shape: Array(64).fill(2 ** 31 - 1) }), "."]],
  ["an array of huge and empty shape", [storedArray({ shape: [0, ...Array(63).fill(2 ** 31 - 1)] }), "."]],
  ["an array of 65 axes", [storedArray({ shape: [2, ...Array(64).fill(1)] }), "."]],
] as const) {
  test(`readPickle: ${what} is damage`, (t) => {
    t.throws(() => read(assemble(...parts)), { instanceOf: FailureError, code: "PICKLE_DAMAGED" });
  });
}

for (const [what, parts] of [
  ["os.system", ["cos\nsystem\nU", 2, "ls", 0x85, "R."]],
  ["os.system by STACK_GLOBAL", [0x8c, 2, "os", 0x8c, 6, "system", 0x93, "."]],
  ["builtins.getattr", ["cbuiltins\ngetattr\n."]],
  ["numpy.core.multiarray.scalar", ["cnumpy.core.multiarray\nscalar\n."]],
  ["numpy.ndarray as a function", ["cnumpy\nndarray\n)R."]],
  ["an array of another type", ["cnumpy.core.multiarray\n_reconstruct\ncnumpy\ndtype\n", 0x85, "R."]],
  ["_codecs.decode", ["c_codecs\ndecode\n."]],
  ["NEWOBJ", ["N)", 0x81, "."]],
  ["INST", ["(ios\nsystem\n."]],
  ["EXT1", [0x82, 1, "."]],
  ["PERSID", ["Pname\n."]],
  ["protocol 0", ["(dp0\n."]],
  ["a web page", ["<html>"]],
] as const) {
  test(`readPickle: ${what} is forbidden`, (t) => {
    t.throws(() => read(assemble(...parts)), { instanceOf: FailureError, code: "PICKLE_FORBIDDEN" });
  });
}

for (const [what, parts] of [
  ["protocol 5", [0x80, 5, "N."]],
  ["a key that is a number", ["}K", 1, "Ns."]],
  ["a key that is a list", ["}]Ns."]],
  ["a long key", ["}T", littleEndian(1025, 4), new Uint8Array(1025), "Ns."]],
  ["a LONG1 beyond 2^53", [0x8a, 7, 0, 0, 0, 0, 0, 0, 0x20, "."]],
  ["a LONG1 of 255 bytes, none 0", [0x8a, 255, new Uint8Array(255).fill(0x7f), "."]],
  ["a function as data", ["cnumpy\ndtype\n."]],
  ["a type as data", ["cnumpy\ndtype\nU", 2, "u1", 0x85, "R."]],
  ["_codecs.encode as UTF-8", ["c_codecs\nencode\nX", littleEndian(1, 4), "aU", 4, "utf8", 0x86, "R."]],
  ["numpy objects", [storedArray({ type: "O8" }), "."]],
  ["numpy's u2", [storedArray({ type: "u2" }), "."]],
  ["numpy's constructor", [storedArray({ type: "constructor" }), "."]],
  ["big-endian numbers", [storedArray({ type: "i2", order: ">" }), "."]],
  ["numpy records", ["cnumpy\ndtype\nU", 2, "u1", 0x85, "R(K", 3, "U", 1, "|N)NK", 0, "tb."]],
  ["an i8 of 2^53", [storedArray({ type: "i8", shape: [1], bytes: littleEndian(2 ** 53, 8) }), "."]],
  [
    "an i8 of -2^63",
    [storedArray({ type: "i8", shape: [1], bytes: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 128) }), "."],
  ],
  ["a list in itself", ["]q", 0, "h", 0, "a."]],
  ["a dictionary in itself", ["}q", 0, "U", 1, "ah", 0, "s."]],
  ["100,000 lists in each other", ["]".repeat(100_000), "a".repeat(99_999), "."]],
  ["100,000 tuples in each other", [")", new Uint8Array(100_000).fill(0x85), "."]],
  ["17 lists in each other", ["]".repeat(17), "a".repeat(16), "."]],
  [
    "a shared list that is nested too deep at its second position",
    ["]]aq", 0, "]".repeat(14), "h", 0, "a".repeat(14), 0x86, "."],
  ],
  ["more opcodes than any batch", ["]".repeat(2 ** 20), "."]],
  ["a million dictionaries", ["](", "}".repeat(2 ** 20), "e."]],
  [
    "the same text decoded many times",
    [
      ...["(X", littleEndian(1000, 4), "a".repeat(1000), latin1, 0x86, "q", 0],
      ...Array.from({ length: 9 }, () => assemble("c_codecs\nencode\nh", 0, "R")),
      "t.",
    ],
  ],
] as const) {
  test(`readPickle: ${what} is not supported`, (t) => {
    t.throws(() => read(assemble(...parts)), { instanceOf: FailureError, code: "PICKLE_UNSUPPORTED" });
  });
}

test("readPickle: 16 lists in each other are read, a shared one included", (t) => {
  const nested = (depth: number): unknown[] => (depth === 1 ? [] : [nested(depth - 1)]);
  t.deepEqual(read(assemble("]".repeat(16), "a".repeat(15), ".")), nested(16) as never);
  const shared = read(assemble("]]aq", 0, "]".repeat(13), "h", 0, "a".repeat(13), 0x86, "."));
  t.deepEqual(shared, [nested(2), nested(15)] as never);
});

test("readPickle: lists that contain the previous list a hundred times do not take exponential time", (t) => {
  const level = assemble("](", ...Array.from({ length: 100 }, () => assemble("h", 0)), "eq", 0);
  const value = read(assemble("(]q", 0, ...Array.from({ length: 12 }, () => level), "t."));
  t.is(Array.isArray(value) && value.length, 13);
});

test("readPickle: bytes after STOP are ignored", (t) => {
  t.is(read(assemble("K", 7, ".cos\nsystem\n")), 7);
});

for (const [bytes, code, details] of [
  [
    assemble(0x80, 2, "}q", 0, "U", 4, "nameq", 1, "cos\nsystem\n"),
    "PICKLE_FORBIDDEN",
    ["os.system", "byte 13,"],
  ],
  [
    assemble("c", "a".repeat(9999), "\u0007\n", "b".repeat(9999), "\n."),
    "PICKLE_FORBIDDEN",
    [` ${"a".repeat(40)}.${"b".repeat(30)} `, "byte 0,"],
  ],
  [assemble(0x80, 4, 0x97, "."), "PICKLE_FORBIDDEN", ["NEXT_BUFFER", "byte 2,", "protocol 4"]],
  [assemble("N<"), "PICKLE_FORBIDDEN", ["0x3c", "byte 1,"]],
  [assemble(0x80, 5, 0x95), "PICKLE_UNSUPPORTED", ["protocol 5", "byte 0,", "protocol 4"]],
  [arrayFile({ type: "O8" }), "PICKLE_UNSUPPORTED", ["O8", "byte 93,"]],
  [arrayFile({ shape: [3, 1] }), "PICKLE_DAMAGED", ["[3, 1]", "2 bytes, not 3", "byte 125"]],
  [assemble("NU", 9), "PICKLE_DAMAGED", ["byte 1;"]],
] as const) {
  test(`readPickle: the error ${code} names the file, ${details.join(" and ").trim()}`, (t) => {
    const error = t.throws(() => read(bytes), { instanceOf: FailureError, code });
    for (const detail of ["batch ", ...details]) t.true(error?.message.includes(detail), error?.message);
  });
}

const wholeFiles: readonly Uint8Array[] = [
  ...savedByPython3.map(([, base64]) => new Uint8Array(Buffer.from(base64, "base64"))),
  python2Meta({ key: "label_names", names: ["airplane", "cat"] }),
  python3Meta({ key: "label_names", names: ["airplane", "cat"] }, "text"),
  arrayFile({ type: "i8", shape: [1, 1], columnMajor: true, bytes: littleEndian(5, 8) }),
];

test("readPickle: every truncated file is damaged", (t) => {
  for (const whole of wholeFiles) {
    t.notThrows(() => read(whole));
    for (let length = 0; length < whole.length; length++) {
      try {
        read(whole.subarray(0, length));
        t.fail(`read ${length} of ${whole.length} bytes`);
      } catch (error) {
        if (!(error instanceof FailureError && error.code === "PICKLE_DAMAGED")) throw error;
      }
    }
  }
});

/** Reads what may be anything; only a FailureError is a fair answer. */
function readAnything(bytes: Uint8Array): void {
  try {
    read(bytes);
  } catch (error) {
    if (!(error instanceof FailureError && error.code?.startsWith("PICKLE_"))) throw error;
  }
}

test("readPickle: a file with one changed byte gives a value or a FailureError", (t) => {
  const change = fc.record({
    whole: fc.constantFrom(...wholeFiles),
    place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    byte: fc.nat(255),
  });
  t.notThrows(() =>
    fc.assert(
      fc.property(change, ({ whole, place, byte }) => {
        const changed = whole.slice();
        changed[Math.floor(place * whole.length)] = byte;
        readAnything(changed);
      }),
      { numRuns: 5000, seed: 8 },
    ),
  );
});

test("readPickle: opcodes in any order give a value or a FailureError", (t) => {
  const part = fc.constantFrom(
    ...["(", "N", "]", "}", ")", "a", "e", "s", "u", "t", "b", "R", "K\u0001", "U\u0002u1"],
    ...[
      "cnumpy\ndtype\n",
      "cnumpy\nndarray\n",
      "cnumpy.core.multiarray\n_reconstruct\n",
      "c_codecs\nencode\n",
    ],
    ...["q\u0000", "h\u0000", "q\u0001", "h\u0001", "X\u0001\u0000\u0000\u0000a", "U\u0001<"],
  );
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        readAnything(assemble(...parts, "."));
      }),
      { numRuns: 5000, seed: 8 },
    ),
  );
});
