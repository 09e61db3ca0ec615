import { DTYPES, type DType, formatShape, type HostArray, hostArray, type Shape, stridesOf } from "@mxgraft/base";
import { arrayFromBytes } from "./array-bytes.ts";
import { ByteReader } from "./byte-reader.ts";
import type { ReadOptions } from "./read-params.ts";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY
const MAX_RANK = 32;

/** NumPy's names of our data types, without the byte order. */
export const NPY_TYPES: ReadonlyMap<string, DType> = new Map([
  ["f4", "float32"],
  ["f8", "float64"],
  ["f2", "float16"],
  ["u1", "uint8"],
  ["i4", "int32"],
  ["i1", "int8"],
  ["i8", "int64"],
  ["b1", "bool"],
]);

type HeaderValue = string | boolean | readonly number[];

/** Reads the header, a Python dict literal of strings, booleans and tuples of integers, without Python. */
class HeaderParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  #skipSpace(): void {
    while (" \t\r\n".includes(this.#text[this.#at] ?? "x")) this.#at++;
  }

  #accept(token: string): boolean {
    this.#skipSpace();
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #expect(token: string): void {
    if (!this.#accept(token)) throw new SyntaxError(`character ${this.#at} is no "${token}"`);
  }

  #string(): string {
    const quote = this.#accept("'") ? "'" : '"';
    if (quote === '"') this.#expect('"');
    const end = this.#text.indexOf(quote, this.#at);
    if (end < 0) throw new SyntaxError(`the string at character ${this.#at} has no end`);
    const content = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    return content;
  }

  #integer(): number {
    this.#skipSpace();
    const start = this.#at;
    while ("0123456789".includes(this.#text[this.#at] ?? "x")) this.#at++;
    const value = Number(this.#text.slice(start, this.#at));
    if (start === this.#at || !Number.isSafeInteger(value)) throw new SyntaxError(`character ${start} starts no size`);
    this.#accept("L"); // Python 2 wrote long integers so.
    return value;
  }

  #tuple(): number[] {
    const items: number[] = [];
    while (!this.#accept(")")) {
      items.push(this.#integer());
      if (!this.#accept(",")) {
        this.#expect(")");
        break;
      }
    }
    return items;
  }

  #value(): HeaderValue {
    if (this.#accept("(")) return this.#tuple();
    if (this.#accept("True")) return true;
    if (this.#accept("False")) return false;
    return this.#string();
  }

  parse(): Map<string, HeaderValue> {
    const fields = new Map<string, HeaderValue>();
    this.#expect("{");
    while (!this.#accept("}")) {
      const key = this.#string();
      this.#expect(":");
      fields.set(key, this.#value());
      if (!this.#accept(",")) {
        this.#expect("}");
        break;
      }
    }
    this.#skipSpace();
    if (this.#at < this.#text.length) throw new SyntaxError(`character ${this.#at} follows the end`);
    return fields;
  }
}

interface NpyHeader {
  readonly dtype: DType;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: Shape;
}

function parseHeader(reader: ByteReader, text: string, byte: number): NpyHeader {
  let fields: Map<string, HeaderValue>;
  try {
    fields = new HeaderParser(text).parse();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw reader.error(`header at byte ${byte} is not what NumPy writes: ${reason}.`, { byte, actual: text });
  }
  const [descr, fortranOrder, shape] = [fields.get("descr"), fields.get("fortran_order"), fields.get("shape")];
  if (typeof descr !== "string" || typeof fortranOrder !== "boolean" || !Array.isArray(shape)) {
    throw reader.error(`header at byte ${byte} lacks "descr" (a plain type), "fortran_order" or "shape".`, {
      byte,
      actual: text,
    });
  }
  const order = descr[0] ?? "";
  const dtype = descr === "?" ? "bool" : NPY_TYPES.get(descr.slice(1));
  if (dtype === undefined || (descr !== "?" && !"<>|=".includes(order))) {
    const known = [...NPY_TYPES.values()].join(", ");
    throw reader.error(
      `type "${descr}" at byte ${byte} has no counterpart in MXNet, which has ${known}. Convert it in NumPy, e.g. with x.astype("float32").`,
      { byte, actual: descr },
    );
  }
  if (shape.length > MAX_RANK) throw reader.error(`has ${shape.length} axes, expected at most ${MAX_RANK}.`, { byte });
  return { dtype, bigEndian: order === ">", fortranOrder, shape };
}

/** The same elements in row-major order. */
function fromFortranOrder<D extends DType>(columns: HostArray<D>): HostArray<D> {
  const { shape } = columns;
  const rows = hostArray(columns.dtype, shape);
  const strides = stridesOf([...shape].reverse()).reverse();
  const index = new Array<number>(shape.length).fill(0);
  let from = 0;
  for (let to = 0; to < rows.data.length; to++) {
    const element = columns.data[from];
    if (element !== undefined) rows.data[to] = element;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (index[axis] ?? 0) + 1;
      from += strides[axis] ?? 0;
      if (next < (shape[axis] ?? 0)) {
        index[axis] = next;
        break;
      }
      from -= next * (strides[axis] ?? 0);
      index[axis] = 0;
    }
  }
  return rows;
}

/**
 * Reads an `.npy` file (`numpy.save`), versions 1 to 3, both byte orders, C and Fortran order. Arrays of Python
 * objects, which would have to run code to be read, are refused like every type that MXNet has not.
 *
 * @throws FormatError  the bytes are no such file, or end too early. `facts.byte` says where.
 */
export function readNpy(bytes: Uint8Array, options: ReadOptions = {}): HostArray {
  const reader = new ByteReader(bytes, options.file ?? ".npy file");
  const magic = reader.take(6, "magic number");
  if (!MAGIC.every((byte, i) => magic[i] === byte)) {
    throw reader.error('does not start with "\\x93NUMPY" as an .npy file does.', { byte: 0 });
  }
  const major = reader.uint8("version");
  reader.uint8("version");
  if (major < 1 || major > 3)
    throw reader.error(`version ${major} at byte 6 is not known, expected 1 to 3.`, { byte: 6, actual: major });
  const length = major === 1 ? reader.uint16("length of the header") : reader.uint32("length of the header");
  const start = reader.offset;
  // Latin-1 in versions 1 and 2, UTF-8 in 3; what we understand is ASCII.
  const text = new TextDecoder("utf-8").decode(reader.take(length, "header"));
  const { dtype, bigEndian, fortranOrder, shape } = parseHeader(reader, text, start);
  const count = shape.reduce((product, size) => product * size, 1);
  const size = DTYPES[dtype].bytes;
  if (!(count * size <= reader.remaining)) {
    throw reader.error(
      `elements at byte ${reader.offset} need ${count * size} bytes (${formatShape(shape)} ${dtype}); the file ends ${count * size - reader.remaining} bytes short.`,
      { expected: count * size, actual: reader.remaining },
    );
  }
  const elements = reader.take(count * size, "elements").slice();
  for (let i = 0; bigEndian && size > 1 && i < elements.length; i += size) elements.subarray(i, i + size).reverse();
  const array = arrayFromBytes(dtype, shape, elements);
  return fortranOrder && shape.length > 1 ? fromFortranOrder(array) : array;
}
