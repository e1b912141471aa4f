import { build, PickledGlobal, reduce } from "./calls.ts";
import type { PickleInput } from "./input.ts";
import type { PickleStack } from "./stack.ts";

type Opcode = (stack: PickleStack, input: PickleInput) => void;

/** Python 3.8 and later can write protocol 5, which has additional opcodes for arrays. */
const newestProtocol = 4;
const olderProtocol = "save it with pickle protocol 4 or lower";

/** The opcodes that plain data and numpy arrays need, with the names from Python's pickletools; STOP is handled elsewhere. */
const allowed: ReadonlyMap<number, Opcode> = new Map<number, Opcode>([
  [0x80, protocol], // PROTO
  [0x95, (_, input) => input.frame()], // FRAME
  [0x28, (stack) => stack.mark()], // MARK
  [0x4e, (stack) => stack.push(null)], // NONE
  [0x88, (stack) => stack.push(true)], // NEWTRUE
  [0x89, (stack) => stack.push(false)], // NEWFALSE
  [0x4a, (stack, input) => stack.push(input.signed())], // BININT
  [0x4b, (stack, input) => stack.push(input.unsigned(1))], // BININT1
  [0x4d, (stack, input) => stack.push(input.unsigned(2))], // BININT2
  [0x8a, (stack, input) => stack.push(input.long())], // LONG1
  [0x47, (stack, input) => stack.push(input.double())], // BINFLOAT
  [0x54, (stack, input) => stack.push(input.take(signedLength(input)))], // BINSTRING
  [0x55, (stack, input) => stack.push(input.take(input.unsigned(1)))], // SHORT_BINSTRING
  [0x42, (stack, input) => stack.push(input.take(input.unsigned(4)))], // BINBYTES
  [0x43, (stack, input) => stack.push(input.take(input.unsigned(1)))], // SHORT_BINBYTES
  [0x8e, (stack, input) => stack.push(input.take(input.unsigned(8)))], // BINBYTES8
  [0x58, (stack, input) => stack.push(input.text(input.unsigned(4)))], // BINUNICODE
  [0x8c, (stack, input) => stack.push(input.text(input.unsigned(1)))], // SHORT_BINUNICODE
  [0x8d, (stack, input) => stack.push(input.text(input.unsigned(8)))], // BINUNICODE8
  [0x5d, (stack) => stack.push([])], // EMPTY_LIST
  [0x61, (stack) => stack.append([stack.pop()])], // APPEND
  [0x65, (stack) => stack.append(stack.popToMark())], // APPENDS
  [0x29, (stack) => stack.push([])], // EMPTY_TUPLE
  [0x85, (stack) => stack.push(stack.popMany(1))], // TUPLE1
  [0x86, (stack) => stack.push(stack.popMany(2))], // TUPLE2
  [0x87, (stack) => stack.push(stack.popMany(3))], // TUPLE3
  [0x74, (stack) => stack.push(stack.popToMark())], // TUPLE
  [0x7d, (stack) => stack.push(new Map())], // EMPTY_DICT
  [0x73, (stack) => stack.setItems(stack.popMany(2))], // SETITEM
  [0x75, (stack) => stack.setItems(stack.popToMark())], // SETITEMS
  [0x71, (stack, input) => stack.remember(input.unsigned(1))], // BINPUT
  [0x72, (stack, input) => stack.remember(input.unsigned(4))], // LONG_BINPUT
  [0x94, (stack) => stack.remember()], // MEMOIZE
  [0x68, (stack, input) => stack.recall(input.unsigned(1))], // BINGET
  [0x6a, (stack, input) => stack.recall(input.unsigned(4))], // LONG_BINGET
  [0x63, (stack, input) => stack.push(PickledGlobal.named(input.line(), input.line(), input))], // GLOBAL
  [0x93, stackGlobal], // STACK_GLOBAL
  [0x52, reduceTop], // REDUCE
  [0x62, buildTop], // BUILD
]);

/** Python's other opcodes, for errors: those that create arbitrary objects, and those of protocols 0, 1 and 5. */
const forbidden: ReadonlyMap<number, string> = new Map([
  [0x30, "POP"],
  [0x31, "POP_MARK"],
  [0x32, "DUP"],
  [0x46, "FLOAT"],
  [0x49, "INT"],
  [0x4c, "LONG"],
  [0x50, "PERSID"],
  [0x51, "BINPERSID"],
  [0x53, "STRING"],
  [0x56, "UNICODE"],
  [0x64, "DICT"],
  [0x67, "GET"],
  [0x69, "INST"],
  [0x6c, "LIST"],
  [0x6f, "OBJ"],
  [0x70, "PUT"],
  [0x81, "NEWOBJ"],
  [0x82, "EXT1"],
  [0x83, "EXT2"],
  [0x84, "EXT4"],
  [0x8b, "LONG4"],
  [0x8f, "EMPTY_SET"],
  [0x90, "ADDITEMS"],
  [0x91, "FROZENSET"],
  [0x92, "NEWOBJ_EX"],
  [0x96, "BYTEARRAY8"],
  [0x97, "NEXT_BUFFER"],
  [0x98, "READONLY_BUFFER"],
]);

/** Ends a pickle. */
export const stop = 0x2e;

/**
 * Executes one opcode.
 *
 * @throws {FailureError} if the opcode is not allowed, or its operands are missing.
 */
export function perform(opcode: number, stack: PickleStack, input: PickleInput): void {
  const operation = allowed.get(opcode);
  if (!operation) throw refusal(opcode, input);
  operation(stack, input);
}

function refusal(opcode: number, input: PickleInput): Error {
  const name = forbidden.get(opcode) ?? `0x${opcode.toString(16).padStart(2, "0")}`;
  const ofProtocol5 = opcode >= 0x96 && opcode <= 0x98;
  return input.forbidden(`uses opcode ${name}`, ofProtocol5 ? olderProtocol : undefined);
}

function protocol(_: PickleStack, input: PickleInput): void {
  const version = input.unsigned(1);
  if (version > newestProtocol) throw input.unsupported(`pickle protocol ${version}`, olderProtocol);
}

function signedLength(input: PickleInput): number {
  const length = input.signed();
  if (length < 0) throw input.damaged("a string has a negative length");
  return length;
}

function stackGlobal(stack: PickleStack, input: PickleInput): void {
  const [module, name] = stack.popMany(2);
  if (typeof module !== "string" || typeof name !== "string") throw input.damaged("a name is not text");
  stack.push(PickledGlobal.named(module, name, input));
}

function reduceTop(stack: PickleStack, input: PickleInput): void {
  const given = stack.pop();
  stack.push(reduce(stack.pop(), given, input));
}

function buildTop(stack: PickleStack, input: PickleInput): void {
  const state = stack.pop();
  build(stack.top(), state, input);
}
