import crc32c from "crc-32/crc32c.js";
import protobuf from "protobufjs";

/** The part of TensorBoard's public event format that scalars need; field numbers as in event.proto and summary.proto. */
const schema = `
syntax = "proto3";
message Value { string tag = 1; oneof value { float simple_value = 2; } }
message Summary { repeated Value value = 1; }
message Event { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; }
`;

const Event = protobuf.parse(schema, { keepCase: true }).root.lookupType("Event");

const headBytes = 12;
const tailBytes = 4;

/** c = crc32c(x); masked = rotate-right(c, 15) + 0xa282ead8 mod 2³²: a checksum of bytes that may hold checksums. */
function maskedChecksum(bytes: Uint8Array): number {
  const crc = crc32c.buf(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** Length (uint64), its checksum, the bytes, their checksum; all little-endian. */
function frame(bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeBigUInt64LE(BigInt(bytes.length));
  head.writeUInt32LE(maskedChecksum(head.subarray(0, 8)), 8);
  const tail = Buffer.alloc(tailBytes);
  tail.writeUInt32LE(maskedChecksum(bytes));
  return Buffer.concat([head, bytes, tail]);
}

/** The bytes of the event that begins every file. */
export const beginningEvent = (wallTime: number): Buffer =>
  frame(Event.encode({ wall_time: wallTime, file_version: "brain.Event:2" }).finish());

/**
 * The bytes of one event.
 *
 * @param wallTime - seconds since 1970.
 * @param step - the place on the horizontal axis, a whole number.
 * @param scalars - values by tag, kept in single precision; a tag's beginning up to `/` names its group of charts.
 * @source TensorFlow's record format (record_writer.cc) around an Event (event.proto).
 */
export function scalarEvent(wallTime: number, step: number, scalars: ReadonlyMap<string, number>): Buffer {
  const value = [...scalars].map(([tag, number]) => ({ tag, simple_value: number }));
  return frame(Event.encode({ wall_time: wallTime, step, summary: { value } }).finish());
}

/** An event as found, and where the next one begins. */
interface FoundEvent {
  readonly step: number;
  readonly end: number;
}

/** The events of a file, up to the first that is cut off or damaged. */
export function* soundEvents(bytes: Buffer): Generator<FoundEvent> {
  for (let start = 0; start + headBytes + tailBytes <= bytes.length; ) {
    const size = bytes.subarray(start, start + 8);
    if (bytes.readUInt32LE(start + 8) !== maskedChecksum(size)) return;
    const last = start + headBytes + Number(size.readBigUInt64LE());
    if (last + tailBytes > bytes.length) return;
    const content = bytes.subarray(start + headBytes, last);
    if (bytes.readUInt32LE(last) !== maskedChecksum(content)) return;
    start = last + tailBytes;
    yield {
      step: Number(Event.toObject(Event.decode(content), { longs: Number, defaults: true }).step),
      end: start,
    };
  }
}
