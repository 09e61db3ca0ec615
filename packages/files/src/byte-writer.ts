/** Collects little-endian numbers and byte blocks, and joins them once at the end. */
export class ByteWriter {
  readonly #blocks: Uint8Array[] = [];
  length = 0;

  bytes(block: Uint8Array): void {
    this.#blocks.push(block);
    this.length += block.length;
  }

  #number(size: number, set: (view: DataView) => void): void {
    const block = new Uint8Array(size);
    set(new DataView(block.buffer));
    this.bytes(block);
  }

  uint8(value: number): void {
    this.bytes(Uint8Array.of(value));
  }

  uint16(value: number): void {
    this.#number(2, (view) => view.setUint16(0, value, true));
  }

  uint32(value: number): void {
    this.#number(4, (view) => view.setUint32(0, value, true));
  }

  int32(value: number): void {
    this.#number(4, (view) => view.setInt32(0, value, true));
  }

  int64(value: number | bigint): void {
    this.#number(8, (view) => view.setBigInt64(0, BigInt(value), true));
  }

  /** Everything that was written, in one block. */
  join(): Uint8Array {
    const joined = new Uint8Array(this.length);
    let offset = 0;
    for (const block of this.#blocks) {
      joined.set(block, offset);
      offset += block.length;
    }
    return joined;
  }
}
