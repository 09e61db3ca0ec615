import { latin1, line, long, textFloat, textIndex, textInteger, textString, utf8 } from "./pickle-literals.ts";
import type { PickleMachine } from "./pickle-machine.ts";

const MAX_PROTOCOL = 5;

function protocol(machine: PickleMachine): void {
  const version = machine.reader.uint8("protocol");
  if (version > MAX_PROTOCOL) {
    throw machine.error(`protocol ${version} is not known, expected 0 to ${MAX_PROTOCOL}`, version);
  }
}

function dict(machine: PickleMachine): void {
  const items = machine.popToMark();
  machine.push(new Map());
  machine.setItems(items);
}

function setItem(machine: PickleMachine): void {
  const value = machine.pop();
  machine.setItems([machine.pop(), value]);
}

function stackGlobal(machine: PickleMachine): void {
  const name = machine.pop();
  machine.pushGlobal(machine.pop(), name);
}

type Instruction = (machine: PickleMachine) => void;

/**
 * What each instruction does, by its byte, with the names of Python's `pickletools`. Missing on purpose: those that
 * look objects up outside the file (persistent ids, extension codes) and those of old-style classes.
 */
export const PICKLE_INSTRUCTIONS: ReadonlyMap<number, Instruction> = new Map<number, Instruction>([
  // The stack
  [0x28, (m) => m.mark()], // MARK
  [0x30, (m) => m.drop()], // POP
  [0x31, (m) => m.popToMark()], // POP_MARK
  [0x32, (m) => m.push(m.top())], // DUP
  // Constants and numbers
  [0x4e, (m) => m.push(null)], // NONE
  [0x88, (m) => m.push(true)], // NEWTRUE
  [0x89, (m) => m.push(false)], // NEWFALSE
  [0x49, (m) => m.push(textInteger(m))], // INT
  [0x4c, (m) => m.push(textInteger(m))], // LONG
  [0x4a, (m) => m.push(m.reader.int32("number"))], // BININT
  [0x4b, (m) => m.push(m.reader.uint8("number"))], // BININT1
  [0x4d, (m) => m.push(m.reader.uint16("number"))], // BININT2
  [0x8a, (m) => m.push(long(m, m.reader.uint8("length")))], // LONG1
  [0x8b, (m) => m.push(long(m, m.reader.uint32("length")))], // LONG4
  [0x46, (m) => m.push(textFloat(m))], // FLOAT
  [0x47, (m) => m.push(m.reader.float64BigEndian("number"))], // BINFLOAT
  // Strings and bytes
  [0x53, (m) => m.push(textString(m, false))], // STRING
  [0x56, (m) => m.push(textString(m, true))], // UNICODE
  [0x54, (m) => m.push(latin1(m.reader.take(m.reader.uint32("length"), "string")))], // BINSTRING
  [0x55, (m) => m.push(latin1(m.reader.take(m.reader.uint8("length"), "string")))], // SHORT_BINSTRING
  [0x8c, (m) => m.push(utf8(m, m.reader.uint8("length")))], // SHORT_BINUNICODE
  [0x58, (m) => m.push(utf8(m, m.reader.uint32("length")))], // BINUNICODE
  [0x8d, (m) => m.push(utf8(m, m.reader.uint64("length")))], // BINUNICODE8
  [0x43, (m) => m.push(m.reader.take(m.reader.uint8("length"), "bytes"))], // SHORT_BINBYTES
  [0x42, (m) => m.push(m.reader.take(m.reader.uint32("length"), "bytes"))], // BINBYTES
  [0x8e, (m) => m.push(m.reader.take(m.reader.uint64("length"), "bytes"))], // BINBYTES8
  [0x96, (m) => m.push(m.reader.take(m.reader.uint64("length"), "bytes"))], // BYTEARRAY8
  // Containers; a set is kept as a list
  [0x5d, (m) => m.push([])], // EMPTY_LIST
  [0x8f, (m) => m.push([])], // EMPTY_SET
  [0x6c, (m) => m.push(m.popToMark())], // LIST
  [0x91, (m) => m.push(m.popToMark())], // FROZENSET
  [0x61, (m) => m.append([m.pop()])], // APPEND
  [0x65, (m) => m.append(m.popToMark())], // APPENDS
  [0x90, (m) => m.append(m.popToMark())], // ADDITEMS
  [0x29, (m) => m.pushTuple([])], // EMPTY_TUPLE
  [0x74, (m) => m.pushTuple(m.popToMark())], // TUPLE
  [0x85, (m) => m.tupleOf(1)], // TUPLE1
  [0x86, (m) => m.tupleOf(2)], // TUPLE2
  [0x87, (m) => m.tupleOf(3)], // TUPLE3
  [0x7d, (m) => m.push(new Map())], // EMPTY_DICT
  [0x64, dict], // DICT
  [0x73, setItem], // SETITEM
  [0x75, (m) => m.setItems(m.popToMark())], // SETITEMS
  // Objects
  [0x63, (m) => m.pushGlobal(line(m, "module"), line(m, "name"))], // GLOBAL
  [0x93, stackGlobal], // STACK_GLOBAL
  [0x52, (m) => m.call()], // REDUCE
  [0x81, (m) => m.call()], // NEWOBJ
  [0x62, (m) => m.build()], // BUILD
  // Values stored and used again
  [0x94, (m) => m.store()], // MEMOIZE
  [0x70, (m) => m.store(textIndex(m))], // PUT
  [0x71, (m) => m.store(m.reader.uint8("index"))], // BINPUT
  [0x72, (m) => m.store(m.reader.uint32("index"))], // LONG_BINPUT
  [0x67, (m) => m.recall(textIndex(m))], // GET
  [0x68, (m) => m.recall(m.reader.uint8("index"))], // BINGET
  [0x6a, (m) => m.recall(m.reader.uint32("index"))], // LONG_BINGET
  // The file itself; a frame only says how many bytes to fetch at once
  [0x80, protocol], // PROTO
  [0x95, (m) => m.reader.take(8, "frame")], // FRAME
]);
