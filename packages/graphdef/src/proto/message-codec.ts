import { invariant } from "@mxgraft/base";
import protobuf from "protobufjs";
import type { Messages } from "./messages.ts";
import { TENSORFLOW_PROTO } from "./tensorflow-proto.ts";

// protobufjs compiles an encoder per message with `new Function`, which browsers may forbid; walking over its parsed
// definitions needs none.

let root: protobuf.Root | undefined;

function typeOf(name: string): protobuf.Type {
  if (root === undefined) {
    root = protobuf.parse(TENSORFLOW_PROTO, { keepCase: true }).root;
    root.resolveAll();
  }
  return root.lookupType(`tensorflow.${name}`);
}

/**
 * A message in protobuf's wire format. Equal messages give equal bytes: fields in the order of their numbers, maps in
 * the order of their keys. Defaults that are given are written, as members of a `oneof` must be.
 */
export function encodeMessage<N extends keyof Messages>(name: N, message: Messages[N]): Uint8Array {
  const writer = protobuf.Writer.create();
  writeMessage(writer, typeOf(name), message);
  // Node's writer gives a Buffer out of a pool that many share.
  return Uint8Array.from(writer.finish());
}

function writeMessage(writer: protobuf.Writer, type: protobuf.Type, message: object): void {
  const values = new Map<string, unknown>(Object.entries(message));
  for (const key of values.keys())
    invariant(type.fields[key] !== undefined, `message ${type.name} has no field ${key}`);
  for (const field of [...type.fieldsArray].sort((a, b) => a.id - b.id)) {
    const value = values.get(field.name);
    if (value === undefined) continue;
    if (field instanceof protobuf.MapField) writeMap(writer, field, Object(value));
    else if (field.repeated) writeRepeated(writer, field, Array.from(Object(value)));
    else writeField(writer, field, field.id, value);
  }
}

function writeMap(writer: protobuf.Writer, field: protobuf.Field, entries: object): void {
  for (const [key, value] of Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1))) {
    writer.uint32((field.id << 3) | 2).fork();
    writer.uint32((1 << 3) | 2).string(key);
    writeField(writer, field, 2, value);
    writer.ldelim();
  }
}

function writeRepeated(writer: protobuf.Writer, field: protobuf.Field, values: readonly unknown[]): void {
  const isPacked = wireType(field) !== 2;
  if (!isPacked) {
    for (const value of values) writeField(writer, field, field.id, value);
  } else if (values.length > 0) {
    writer.uint32((field.id << 3) | 2).fork();
    for (const value of values) writeScalar(writer, field, value);
    writer.ldelim();
  }
}

function writeField(writer: protobuf.Writer, field: protobuf.Field, id: number, value: unknown): void {
  writer.uint32((id << 3) | wireType(field));
  const { resolvedType } = field;
  if (resolvedType instanceof protobuf.Type) {
    writer.fork();
    writeMessage(writer, resolvedType, Object(value));
    writer.ldelim();
  } else writeScalar(writer, field, value);
}

/** 0 varint, 2 with its length before it, 5 four bytes. */
function wireType(field: protobuf.Field): number {
  if (field.resolvedType instanceof protobuf.Enum) return 0;
  switch (field.type) {
    case "int32":
    case "int64":
    case "bool":
      return 0;
    case "float":
      return 5;
    default:
      return 2;
  }
}

function writeScalar(writer: protobuf.Writer, field: protobuf.Field, value: unknown): void {
  if (field.type === "string") writer.string(String(value));
  else if (field.type === "bytes") {
    invariant(value instanceof Uint8Array, `field ${field.name} has no bytes`);
    writer.bytes(value);
  } else if (field.type === "bool") writer.bool(value === true);
  else if (field.type === "float") writer.float(Number(value));
  else {
    invariant(Number.isSafeInteger(value), `field ${field.name} is ${String(value)}, not an integer`);
    writer.int64(Number(value));
  }
}

/** A message that `encodeMessage` or TensorFlow wrote; fields that tensorflow-proto.ts lacks are left out. */
export function decodeMessage(name: keyof Messages, bytes: Uint8Array): unknown {
  const reader = protobuf.Reader.create(bytes);
  return readMessage(reader, typeOf(name), bytes.length);
}

function readMessage(reader: protobuf.Reader, type: protobuf.Type, end: number): Record<string, unknown> {
  const message: Record<string, unknown> = Object.create(null);
  for (const field of type.fieldsArray) {
    if (field instanceof protobuf.MapField) message[field.name] = Object.create(null);
    else if (field.repeated) message[field.name] = [];
  }
  while (reader.pos < end) {
    const tag = reader.uint32();
    const field = type.fieldsById[tag >>> 3];
    if (field === undefined) reader.skipType(tag & 7);
    else if (field instanceof protobuf.MapField) readMapEntry(reader, field, Object(message[field.name]));
    else if (field.repeated) readRepeated(reader, field, tag & 7, message[field.name]);
    else message[field.name] = readValue(reader, field);
  }
  return message;
}

function readMapEntry(reader: protobuf.Reader, field: protobuf.Field, map: Record<string, unknown>): void {
  const end = reader.uint32() + reader.pos;
  let key = "";
  let value: unknown;
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag >>> 3 === 1) key = reader.string();
    else value = readValue(reader, field);
  }
  map[key] = value;
}

function readRepeated(reader: protobuf.Reader, field: protobuf.Field, wire: number, list: unknown): void {
  invariant(Array.isArray(list), "a repeated field is read into an array");
  if (wire === 2 && wireType(field) !== 2) {
    const end = reader.uint32() + reader.pos;
    while (reader.pos < end) list.push(readValue(reader, field));
  } else list.push(readValue(reader, field));
}

function readValue(reader: protobuf.Reader, field: protobuf.Field): unknown {
  const { resolvedType } = field;
  if (resolvedType instanceof protobuf.Type) return readMessage(reader, resolvedType, reader.uint32() + reader.pos);
  switch (field.type) {
    case "string":
      return reader.string();
    case "bytes":
      return Uint8Array.from(reader.bytes());
    case "bool":
      return reader.bool();
    case "float":
      return reader.float();
    default:
      return Number(reader.int64());
  }
}
