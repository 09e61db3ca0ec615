import { FormatError } from "@mxgraft/base";

/** The same memory as a plain `Uint8Array`: a Node `Buffer` has another `slice`. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Reads little-endian numbers from bytes that cannot be trusted: every read is checked against what is left, so that
 * a length in a file never leads to an allocation larger than the file.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  /** Name of the file for messages. */
  readonly file: string;
  offset = 0;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, file: string) {
    this.bytes = plainBytes(bytes);
    this.file = file;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.bytes.length - this.offset;
  }

  /** An error about this file; `byte` is where the reader stands unless told otherwise. */
  error(message: string, facts: { byte?: number; argument?: string; expected?: unknown; actual?: unknown } = {}) {
    return new FormatError(`${this.file}: ${message}`, { file: this.file, byte: this.offset, ...facts });
  }

  /** Steps over `count` bytes and gives the offset where they start. */
  #advance(count: number, what: string): number {
    if (count > this.remaining) {
      const short = count - this.remaining;
      throw this.error(
        `${what} at byte ${this.offset} needs ${count} ${count === 1 ? "byte" : "bytes"}; the file ends ${short} ${short === 1 ? "byte" : "bytes"} short.`,
        { expected: count, actual: this.remaining },
      );
    }
    const start = this.offset;
    this.offset += count;
    return start;
  }

  /** The next bytes, as a view into the file. */
  take(count: number, what: string): Uint8Array {
    const start = this.#advance(count, what);
    return this.bytes.subarray(start, start + count);
  }

  uint8(what: string): number {
    return this.#view.getUint8(this.#advance(1, what));
  }

  uint16(what: string): number {
    return this.#view.getUint16(this.#advance(2, what), true);
  }

  uint32(what: string): number {
    return this.#view.getUint32(this.#advance(4, what), true);
  }

  int32(what: string): number {
    return this.#view.getInt32(this.#advance(4, what), true);
  }

  int64(what: string): bigint {
    return this.#view.getBigInt64(this.#advance(8, what), true);
  }

  /** An unsigned 64-bit number; beyond 2^53 it is rounded, which is larger than any file all the same. */
  uint64(what: string): number {
    return Number(this.#view.getBigUint64(this.#advance(8, what), true));
  }

  uint32BigEndian(what: string): number {
    return this.#view.getUint32(this.#advance(4, what), false);
  }

  float64BigEndian(what: string): number {
    return this.#view.getFloat64(this.#advance(8, what), false);
  }
}
