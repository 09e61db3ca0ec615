import { ByteReader } from "./byte-reader.ts";
import { ofKind, type PickleGlobal, type PickleTuple, type PickleValue } from "./pickle-value.ts";

// What a states file can need. Everything here is inert (only the name is kept); the list keeps files that want
// something else, which are not ours, from being taken for ours.
const ALLOWED_PACKAGES = ["mxnet", "numpy"];
const ALLOWED_GLOBALS = new Set([
  "_codecs.encode",
  "builtins.bytearray",
  "builtins.complex",
  "builtins.float",
  "builtins.frozenset",
  "builtins.int",
  "builtins.object",
  "builtins.set",
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

/** A byte of a pickle can make a dict of two hundred; the states of a thousand parameters take 25,000 values. */
const MAX_VALUES = 2 ** 21;

function latin1Bytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0xff) return undefined;
    bytes[i] = code;
  }
  return bytes;
}

/** What the instructions of a pickle work on: the bytes, a stack and the values stored for later. */
export class PickleMachine {
  readonly reader: ByteReader;
  readonly #stack: (PickleValue | typeof MARK)[] = [];
  readonly #memo = new Map<number, PickleValue>();
  #values = 0;
  #decoded = 0;

  constructor(bytes: Uint8Array, file: string) {
    this.reader = new ByteReader(bytes, file);
  }

  error(message: string, actual?: unknown) {
    return this.reader.error(`pickle, before byte ${this.reader.offset}: ${message}.`, { actual });
  }

  push(value: PickleValue): void {
    this.#count();
    this.#stack.push(value);
  }

  #count(): void {
    if (++this.#values > MAX_VALUES) throw this.error(`it makes more than ${MAX_VALUES} values; refused`);
  }

  pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined || value === MARK) throw this.error("an instruction lacks its operand");
    return value;
  }

  top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined || value === MARK) throw this.error("an instruction lacks its operand");
    return value;
  }

  mark(): void {
    this.#count();
    this.#stack.push(MARK);
  }

  /** Removes a value or a mark, whichever is on top. */
  drop(): void {
    this.#stack.pop();
  }

  popToMark(): PickleValue[] {
    const start = this.#stack.lastIndexOf(MARK);
    if (start < 0) throw this.error("an instruction lacks its mark");
    return this.#stack.splice(start).filter((item) => item !== MARK);
  }

  /** The one value that is left when the pickle has ended. */
  result(): PickleValue {
    const value = this.pop();
    if (this.#stack.length > 0) throw this.error("it ends with values left over");
    return value;
  }

  pushTuple(items: readonly PickleValue[]): void {
    this.push({ kind: "tuple", items });
  }

  /** A tuple of so many values from the stack. */
  tupleOf(count: number): void {
    const items = Array.from({ length: count }, () => this.pop());
    this.pushTuple(items.reverse());
  }

  store(index: number = this.#memo.size): void {
    this.#memo.set(index, this.top());
  }

  recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) throw this.error(`it refers to value ${index}, which was not stored`, index);
    this.push(value);
  }

  append(items: readonly PickleValue[]): void {
    const list = this.top();
    // A set is kept as the list of its members.
    if (!Array.isArray(list)) throw this.error("items are appended to something that is no list");
    for (const item of items) list.push(item);
  }

  setItems(items: readonly PickleValue[]): void {
    const target = this.top();
    if (items.length % 2 !== 0) throw this.error("a key has no value");
    if (!(target instanceof Map)) {
      // Items of an OrderedDict, which is an object here: no state needs them.
      if (ofKind(target, "object") !== undefined) return;
      throw this.error("items are set in something that is no dict");
    }
    for (let i = 0; i < items.length; i += 2) target.set(items[i] ?? null, items[i + 1] ?? null);
  }

  pushGlobal(module: PickleValue, name: PickleValue): void {
    if (typeof name !== "string" || typeof module !== "string") throw this.error("a class has no name");
    const plain = `${PYTHON3_MODULES.get(module) ?? module}.${name}`;
    const inPackage = plain.slice(0, plain.indexOf("."));
    if (!ALLOWED_PACKAGES.includes(inPackage) && !ALLOWED_GLOBALS.has(plain)) {
      throw this.error(`it names "${module}.${name}", which no states file of MXNet needs; refused`, plain);
    }
    this.push({ kind: "global", name: plain });
  }

  /** What Python would call becomes an inert object, or bytes. */
  call(): void {
    const args = ofKind(this.pop(), "tuple");
    const callee = ofKind(this.pop(), "global");
    if (args === undefined || callee === undefined) throw this.error("a call has no class or no arguments");
    this.push(this.#called(callee, args));
  }

  #called(callee: PickleGlobal, args: PickleTuple): PickleValue {
    if (callee.name === "builtins.bytearray" || callee.name === "_codecs.encode") {
      return this.#bytes(callee.name, args.items);
    }
    if (callee.name !== "copyreg._reconstructor") {
      return { kind: "object", className: callee.name, args: args.items, state: null };
    }
    const className = ofKind(args.items[0], "global")?.name;
    if (className === undefined) throw this.error("an object has no class");
    return { kind: "object", className, args: [], state: null };
  }

  #bytes(callee: string, args: readonly PickleValue[]): Uint8Array {
    const [content, encoding] = args;
    if (args.length === 0) return new Uint8Array(0);
    if (content instanceof Uint8Array) return content;
    if (typeof content === "string" && typeof encoding === "string" && encoding.replace("-", "") === "latin1") {
      // One string of the file can be asked for again and again; whatever pickles bytes asks once.
      this.#decoded += content.length;
      if (this.#decoded > this.reader.bytes.length) {
        throw this.error(`it makes more than ${this.reader.bytes.length} bytes of its strings, as many as it has`);
      }
      const bytes = latin1Bytes(content);
      if (bytes !== undefined) return bytes;
    }
    throw this.error(`the arguments of ${callee} are no bytes`);
  }

  build(): void {
    const state = this.pop();
    const object = ofKind(this.top(), "object");
    if (object === undefined) throw this.error("attributes are given to something that is no object");
    object.state = state;
  }
}
