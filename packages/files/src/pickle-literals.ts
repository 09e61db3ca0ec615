import type { PickleMachine } from "./pickle-machine.ts";

/** Longest number in a pickle; a seed or counter has at most 8 bytes. */
const MAX_LONG_BYTES = 64;

const ESCAPES = new Map([
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
]);
/** Hexadecimal digits after an escape, in quoted strings and in `raw-unicode-escape`. */
const QUOTED_CODES = new Map([["x", 2]]);
const RAW_CODES = new Map([
  ["u", 4],
  ["U", 8],
]);

export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** A line of the text protocol, without its end. */
export function line(machine: PickleMachine, what: string): string {
  const { reader } = machine;
  const end = reader.bytes.indexOf(0x0a, reader.offset);
  if (end < 0) throw machine.error(`${what} has no end`);
  const content = latin1(reader.take(end - reader.offset, what));
  reader.offset++;
  return content;
}

export function utf8(machine: PickleMachine, length: number): string {
  const bytes = machine.reader.take(length, "string");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw machine.error("a string is not UTF-8");
  }
}

/** A number where it is exact, otherwise a bigint. */
function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** A little-endian integer of any length, in two's complement. */
export function long(machine: PickleMachine, length: number): number | bigint {
  if (length > MAX_LONG_BYTES) {
    throw machine.error(`a number has ${length} bytes, more than ${MAX_LONG_BYTES}`, length);
  }
  let value = 0n;
  for (const byte of machine.reader.take(length, "number").toReversed()) value = (value << 8n) | BigInt(byte);
  return narrow(BigInt.asIntN(8 * length, value));
}

/** An integer as text; protocol 0 writes True and False as `01` and `00`. */
export function textInteger(machine: PickleMachine): number | bigint | boolean {
  const text = line(machine, "number");
  if (text === "00" || text === "01") return text === "01";
  const digits = text.endsWith("L") ? text.slice(0, -1) : text;
  if (digits.length > 2 * MAX_LONG_BYTES) throw machine.error(`a number has ${digits.length} digits`, digits.length);
  const magnitude = digits.startsWith("-") ? digits.slice(1) : digits;
  if (magnitude === "" || [...magnitude].some((digit) => digit < "0" || digit > "9")) {
    throw machine.error(`"${text}" is no number`, text);
  }
  return narrow(digits.startsWith("-") ? -BigInt(magnitude) : BigInt(magnitude));
}

export function textIndex(machine: PickleMachine): number {
  const index = textInteger(machine);
  if (typeof index !== "number") throw machine.error("an index is no number", index);
  return index;
}

export function textFloat(machine: PickleMachine): number {
  const text = line(machine, "number");
  if (text === "nan") return Number.NaN;
  if (text === "inf" || text === "-inf") return text === "inf" ? Infinity : -Infinity;
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value)) throw machine.error(`"${text}" is no number`, text);
  return value;
}

/** Undoes the backslash escapes; `undefined` where one is not known. */
function unescapePython(text: string, raw: boolean): string | undefined {
  const codes = raw ? RAW_CODES : QUOTED_CODES;
  let result = "";
  let i = 0;
  while (i < text.length) {
    const next = text[i] === "\\" ? text[i + 1] : undefined;
    const width = next === undefined ? undefined : codes.get(next);
    if (width !== undefined) {
      const code = Number(`0x${text.slice(i + 2, i + 2 + width)}`);
      if (!Number.isInteger(code) || code > 0x10ffff || i + 2 + width > text.length) return undefined;
      result += String.fromCodePoint(code);
      i += 2 + width;
    } else if (text[i] === "\\" && !raw) {
      const character = next === undefined ? undefined : ESCAPES.get(next);
      if (character === undefined) return undefined;
      result += character;
      i += 2;
    } else {
      result += text[i];
      i++;
    }
  }
  return result;
}

/** A string as text: quoted as Python writes it, or raw, with escapes only for what a line cannot hold. */
export function textString(machine: PickleMachine, raw: boolean): string {
  const content = line(machine, "string");
  const quote = content[0];
  if (!raw && (content.length < 2 || (quote !== "'" && quote !== '"') || content.at(-1) !== quote)) {
    throw machine.error("a string has no quotes");
  }
  const text = unescapePython(raw ? content : content.slice(1, -1), raw);
  if (text === undefined) throw machine.error("a string has an escape that is not known");
  return text;
}
