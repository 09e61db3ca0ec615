import { ByteReader } from "./byte-reader.ts";
import { ofKind, type PickleGlobal, type PickleTuple, type PickleValue } from "./pickle-value.ts";

/** Opcodes by their bytes, with the names of Python's `pickletools`. */
const OPCODES = {
  MARK: 0x28,
  STOP: 0x2e,
  POP: 0x30,
  POP_MARK: 0x31,
  DUP: 0x32,
  FLOAT: 0x46,
  INT: 0x49,
  BININT: 0x4a,
  BININT1: 0x4b,
  LONG: 0x4c,
  BININT2: 0x4d,
  NONE: 0x4e,
  REDUCE: 0x52,
  STRING: 0x53,
  BINSTRING: 0x54,
  SHORT_BINSTRING: 0x55,
  UNICODE: 0x56,
  BINUNICODE: 0x58,
  APPEND: 0x61,
  BUILD: 0x62,
  GLOBAL: 0x63,
  DICT: 0x64,
  EMPTY_DICT: 0x7d,
  APPENDS: 0x65,
  GET: 0x67,
  BINGET: 0x68,
  LONG_BINGET: 0x6a,
  LIST: 0x6c,
  EMPTY_LIST: 0x5d,
  PUT: 0x70,
  BINPUT: 0x71,
  LONG_BINPUT: 0x72,
  SETITEM: 0x73,
  TUPLE: 0x74,
  EMPTY_TUPLE: 0x29,
  SETITEMS: 0x75,
  BINFLOAT: 0x47,
  PROTO: 0x80,
  NEWOBJ: 0x81,
  TUPLE1: 0x85,
  TUPLE2: 0x86,
  TUPLE3: 0x87,
  NEWTRUE: 0x88,
  NEWFALSE: 0x89,
  LONG1: 0x8a,
  LONG4: 0x8b,
  BINBYTES: 0x42,
  SHORT_BINBYTES: 0x43,
  SHORT_BINUNICODE: 0x8c,
  BINUNICODE8: 0x8d,
  BINBYTES8: 0x8e,
  EMPTY_SET: 0x8f,
  ADDITEMS: 0x90,
  FROZENSET: 0x91,
  STACK_GLOBAL: 0x93,
  MEMOIZE: 0x94,
  FRAME: 0x95,
  BYTEARRAY8: 0x96,
} as const;

const MAX_PROTOCOL = 5;
/** Longest number in a pickle; a seed or counter has at most 8 bytes. */
const MAX_LONG_BYTES = 64;

// What a states file can need. Everything here is inert (only the name is kept); the list keeps files that want
// something else, which is not ours, from being taken for ours.
const ALLOWED_MODULES = ["mxnet", "numpy"];
const ALLOWED_GLOBALS = new Set([
  "builtins.bytearray",
  "builtins.complex",
  "builtins.float",
  "builtins.frozenset",
  "builtins.int",
  "builtins.object",
  "builtins.set",
  "_codecs.encode",
  "collections.OrderedDict",
  "collections.defaultdict",
  "copyreg._reconstructor",
]);

/** Names of Python 2 as Python 3 spells them. */
const PYTHON3_MODULES = new Map([
  ["__builtin__", "builtins"],
  ["copy_reg", "copyreg"],
]);

const MARK = Symbol("mark");

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function latin1Bytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0xff) return undefined;
    bytes[i] = code;
  }
  return bytes;
}

/** Undoes the backslash escapes of a Python string literal (`STRING`) or of `raw-unicode-escape` (`UNICODE`). */
function unescapePython(text: string, raw: boolean): string | undefined {
  const simple = new Map([
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
  const digits = new Map(
    raw
      ? [
          ["u", 4],
          ["U", 8],
        ]
      : [["x", 2]],
  );
  let result = "";
  let i = 0;
  while (i < text.length) {
    const next = text[i + 1];
    const width = text[i] === "\\" && next !== undefined ? digits.get(next) : undefined;
    if (width !== undefined) {
      const code = Number(`0x${text.slice(i + 2, i + 2 + width)}`);
      if (!Number.isInteger(code) || code > 0x10ffff || i + 2 + width > text.length) return undefined;
      result += String.fromCodePoint(code);
      i += 2 + width;
    } else if (text[i] === "\\" && !raw) {
      const character = next === undefined ? undefined : simple.get(next);
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

class PickleMachine {
  readonly #reader: ByteReader;
  readonly #stack: (PickleValue | typeof MARK)[] = [];
  readonly #memo = new Map<number, PickleValue>();

  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  #error(message: string, actual?: unknown) {
    return this.#reader.error(`pickle, before byte ${this.#reader.offset}: ${message}.`, { actual });
  }

  #pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined || value === MARK) throw this.#error("an instruction lacks its operand");
    return value;
  }

  #top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined || value === MARK) throw this.#error("an instruction lacks its operand");
    return value;
  }

  #popToMark(): PickleValue[] {
    const start = this.#stack.lastIndexOf(MARK);
    if (start < 0) throw this.#error("an instruction lacks its mark");
    const items = this.#stack.splice(start).slice(1);
    return items.filter((item) => item !== MARK);
  }

  #tuple(items: PickleValue[]): void {
    this.#stack.push({ kind: "tuple", items });
  }

  #line(what: string): string {
    const { bytes, offset } = this.#reader;
    const end = bytes.indexOf(0x0a, offset);
    if (end < 0) throw this.#error(`${what} has no end`);
    const line = latin1(this.#reader.take(end - offset, what));
    this.#reader.offset++;
    return line;
  }

  #utf8(length: number): string {
    const bytes = this.#reader.take(length, "string");
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw this.#error("a string is not UTF-8");
    }
  }

  #long(length: number): number | bigint {
    if (length > MAX_LONG_BYTES) throw this.#error(`a number has ${length} bytes, more than ${MAX_LONG_BYTES}`, length);
    let value = 0n;
    const bytes = this.#reader.take(length, "number");
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
    if (length > 0) value = BigInt.asIntN(8 * length, value);
    return this.#narrow(value);
  }

  #narrow(value: bigint): number | bigint {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }

  #textNumber(text: string): number | bigint | boolean {
    // Protocol 0 writes True and False as these.
    if (text === "00" || text === "01") return text === "01";
    const digits = text.endsWith("L") ? text.slice(0, -1) : text;
    if (digits.length > 2 * MAX_LONG_BYTES) throw this.#error(`a number has ${digits.length} digits`, digits.length);
    const magnitude = digits.startsWith("-") ? digits.slice(1) : digits;
    if (magnitude === "" || [...magnitude].some((digit) => digit < "0" || digit > "9")) {
      throw this.#error(`"${text}" is no number`, text);
    }
    return this.#narrow(digits.startsWith("-") ? -BigInt(magnitude) : BigInt(magnitude));
  }

  #global(module: string, name: string): void {
    const plain = `${PYTHON3_MODULES.get(module) ?? module}.${name}`;
    const package_ = plain.slice(0, plain.indexOf("."));
    if (!ALLOWED_MODULES.includes(package_) && !ALLOWED_GLOBALS.has(plain)) {
      throw this.#error(`it names "${module}.${name}", which no states file of MXNet needs; refused`, plain);
    }
    this.#stack.push({ kind: "global", name: plain });
  }

  #bytes(callee: string, args: readonly PickleValue[]): Uint8Array {
    const [content, encoding] = args;
    if (args.length === 0) return new Uint8Array(0);
    if (content instanceof Uint8Array) return content;
    if (typeof content === "string" && typeof encoding === "string" && encoding.replace("-", "") === "latin1") {
      const bytes = latin1Bytes(content);
      if (bytes !== undefined) return bytes;
    }
    throw this.#error(`the arguments of ${callee} are no bytes`);
  }

  #call(): void {
    const args = ofKind(this.#pop(), "tuple");
    const callee = ofKind(this.#pop(), "global");
    if (args === undefined || callee === undefined) throw this.#error("a call has no class or no arguments");
    this.#stack.push(this.#result(callee, args));
  }

  #result(callee: PickleGlobal, args: PickleTuple): PickleValue {
    if (callee.name === "builtins.bytearray" || callee.name === "_codecs.encode") {
      return this.#bytes(callee.name, args.items);
    }
    const [first] = args.items;
    if (callee.name === "copyreg._reconstructor") {
      const className = ofKind(first, "global")?.name;
      if (className === undefined) throw this.#error("an object has no class");
      return { kind: "object", className, args: [], state: null };
    }
    return { kind: "object", className: callee.name, args: args.items, state: null };
  }

  #build(): void {
    const state = this.#pop();
    const object = ofKind(this.#top(), "object");
    if (object === undefined) throw this.#error("attributes are given to something that is no object");
    object.state = state;
  }

  #append(items: readonly PickleValue[]): void {
    const list = this.#top();
    // A set is kept as the list of its members.
    if (!Array.isArray(list)) throw this.#error("items are appended to something that is no list");
    for (const item of items) list.push(item);
  }

  #setItems(items: readonly PickleValue[]): void {
    const target = this.#top();
    if (items.length % 2 !== 0) throw this.#error("a key has no value");
    // An OrderedDict is an object here; its items would have to be kept beside its state, and no state needs one.
    if (!(target instanceof Map)) {
      if (ofKind(target, "object") !== undefined) return;
      throw this.#error("items are set in something that is no dict");
    }
    for (let i = 0; i < items.length; i += 2) target.set(items[i] ?? null, items[i + 1] ?? null);
  }

  #dict(items: PickleValue[]): void {
    this.#stack.push(new Map());
    this.#setItems(items);
  }

  #memoize(index: number): void {
    this.#memo.set(index, this.#top());
  }

  #recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) throw this.#error(`it refers to value ${index}, which was not stored`, index);
    this.#stack.push(value);
  }

  #lineIndex(): number {
    const index = this.#textNumber(this.#line("index"));
    if (typeof index !== "number") throw this.#error("an index is no number", index);
    return index;
  }

  #text(raw: boolean): string {
    const line = this.#line("string");
    const quote = line[0];
    if (!raw && (line.length < 2 || (quote !== "'" && quote !== '"') || line.at(-1) !== quote)) {
      throw this.#error("a string has no quotes");
    }
    const text = unescapePython(raw ? line : line.slice(1, -1), raw);
    if (text === undefined) throw this.#error("a string has an escape that is not known");
    return text;
  }

  /** Carries out one instruction; true when it was STOP. */
  #step(): boolean {
    const reader = this.#reader;
    const at = reader.offset;
    const opcode = reader.uint8("instruction");
    switch (opcode) {
      case OPCODES.STOP:
        return true;
      case OPCODES.PROTO: {
        const protocol = reader.uint8("protocol");
        if (protocol > MAX_PROTOCOL)
          throw this.#error(`protocol ${protocol} is not known, expected 0 to ${MAX_PROTOCOL}`);
        break;
      }
      case OPCODES.FRAME:
        reader.take(8, "frame");
        break;
      case OPCODES.MARK:
        this.#stack.push(MARK);
        break;
      case OPCODES.POP:
        // Removes a mark as well.
        this.#stack.pop();
        break;
      case OPCODES.POP_MARK:
        this.#popToMark();
        break;
      case OPCODES.DUP:
        this.#stack.push(this.#top());
        break;
      case OPCODES.NONE:
        this.#stack.push(null);
        break;
      case OPCODES.NEWTRUE:
        this.#stack.push(true);
        break;
      case OPCODES.NEWFALSE:
        this.#stack.push(false);
        break;
      case OPCODES.BININT:
        this.#stack.push(reader.int32("number"));
        break;
      case OPCODES.BININT1:
        this.#stack.push(reader.uint8("number"));
        break;
      case OPCODES.BININT2:
        this.#stack.push(reader.uint16("number"));
        break;
      case OPCODES.INT:
      case OPCODES.LONG:
        this.#stack.push(this.#textNumber(this.#line("number")));
        break;
      case OPCODES.LONG1:
        this.#stack.push(this.#long(reader.uint8("length")));
        break;
      case OPCODES.LONG4:
        this.#stack.push(this.#long(reader.uint32("length")));
        break;
      case OPCODES.FLOAT: {
        const text = this.#line("number");
        const special = new Map([
          ["nan", Number.NaN],
          ["inf", Infinity],
          ["-inf", -Infinity],
        ]).get(text);
        const value = special ?? Number(text);
        if (special === undefined && (text.trim() === "" || Number.isNaN(value)))
          throw this.#error(`"${text}" is no number`);
        this.#stack.push(value);
        break;
      }
      case OPCODES.BINFLOAT:
        this.#stack.push(reader.float64BigEndian("number"));
        break;
      case OPCODES.STRING:
        this.#stack.push(this.#text(false));
        break;
      case OPCODES.UNICODE:
        this.#stack.push(this.#text(true));
        break;
      case OPCODES.BINSTRING:
        this.#stack.push(latin1(reader.take(reader.uint32("length"), "string")));
        break;
      case OPCODES.SHORT_BINSTRING:
        this.#stack.push(latin1(reader.take(reader.uint8("length"), "string")));
        break;
      case OPCODES.SHORT_BINUNICODE:
        this.#stack.push(this.#utf8(reader.uint8("length")));
        break;
      case OPCODES.BINUNICODE:
        this.#stack.push(this.#utf8(reader.uint32("length")));
        break;
      case OPCODES.BINUNICODE8:
        this.#stack.push(this.#utf8(reader.uint64("length")));
        break;
      case OPCODES.SHORT_BINBYTES:
        this.#stack.push(reader.take(reader.uint8("length"), "bytes"));
        break;
      case OPCODES.BINBYTES:
        this.#stack.push(reader.take(reader.uint32("length"), "bytes"));
        break;
      case OPCODES.BINBYTES8:
      case OPCODES.BYTEARRAY8:
        this.#stack.push(reader.take(reader.uint64("length"), "bytes"));
        break;
      case OPCODES.EMPTY_LIST:
      case OPCODES.EMPTY_SET:
        this.#stack.push([]);
        break;
      case OPCODES.LIST:
      case OPCODES.FROZENSET:
        this.#stack.push(this.#popToMark());
        break;
      case OPCODES.APPEND: {
        const item = this.#pop();
        this.#append([item]);
        break;
      }
      case OPCODES.APPENDS:
      case OPCODES.ADDITEMS:
        this.#append(this.#popToMark());
        break;
      case OPCODES.EMPTY_TUPLE:
        this.#tuple([]);
        break;
      case OPCODES.TUPLE:
        this.#tuple(this.#popToMark());
        break;
      case OPCODES.TUPLE1:
      case OPCODES.TUPLE2:
      case OPCODES.TUPLE3: {
        const items = Array.from({ length: opcode - OPCODES.TUPLE1 + 1 }, () => this.#pop());
        this.#tuple(items.reverse());
        break;
      }
      case OPCODES.EMPTY_DICT:
        this.#stack.push(new Map());
        break;
      case OPCODES.DICT:
        this.#dict(this.#popToMark());
        break;
      case OPCODES.SETITEM: {
        const value = this.#pop();
        const key = this.#pop();
        this.#setItems([key, value]);
        break;
      }
      case OPCODES.SETITEMS:
        this.#setItems(this.#popToMark());
        break;
      case OPCODES.GLOBAL:
        this.#global(this.#line("module"), this.#line("name"));
        break;
      case OPCODES.STACK_GLOBAL: {
        const name = this.#pop();
        const module = this.#pop();
        if (typeof name !== "string" || typeof module !== "string") throw this.#error("a class has no name");
        this.#global(module, name);
        break;
      }
      case OPCODES.REDUCE:
      case OPCODES.NEWOBJ:
        this.#call();
        break;
      case OPCODES.BUILD:
        this.#build();
        break;
      case OPCODES.MEMOIZE:
        this.#memoize(this.#memo.size);
        break;
      case OPCODES.PUT:
        this.#memoize(this.#lineIndex());
        break;
      case OPCODES.BINPUT:
        this.#memoize(reader.uint8("index"));
        break;
      case OPCODES.LONG_BINPUT:
        this.#memoize(reader.uint32("index"));
        break;
      case OPCODES.GET:
        this.#recall(this.#lineIndex());
        break;
      case OPCODES.BINGET:
        this.#recall(reader.uint8("index"));
        break;
      case OPCODES.LONG_BINGET:
        this.#recall(reader.uint32("index"));
        break;
      default:
        throw reader.error(
          `byte ${at} is 0x${opcode.toString(16).padStart(2, "0")}, no pickle instruction that a states file uses.`,
          { byte: at, actual: opcode },
        );
    }
    return false;
  }

  run(): PickleValue {
    while (!this.#step());
    const value = this.#pop();
    if (this.#stack.length > 0) throw this.#error("it ends with values left over");
    return value;
  }
}

/**
 * Reads a Python pickle (protocols 0 to 5) as inert data. Nothing that it names is looked up, built or called, and a
 * pickle that names anything but MXNet's, NumPy's and a few harmless classes is refused.
 *
 * @throws FormatError  the bytes are no such pickle.
 */
export function readPickle(bytes: Uint8Array, file: string): PickleValue {
  return new PickleMachine(new ByteReader(bytes, file)).run();
}
