import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import type { ReadOptions } from "./read-params.ts";

/** A record with a header (`mx.recordio.IRHeader`), such as an image with its labels. */
export interface ImageRecord {
  /** One number, or as many as the header counts. */
  readonly label: number | Float32Array;
  readonly id: bigint;
  readonly id2: bigint;
  /** Mostly a PNG or JPEG file. */
  readonly content: Uint8Array;
}

/**
 * Parts a record into header and content (`mx.recordio.unpack`): uint32 number of labels, float32 label, uint64 id,
 * uint64 second id; then, where the number is not 0, so many float32 labels; then the content.
 *
 * @throws FormatError  the record is shorter than its header says.
 */
export function unpackImageRecord(record: Uint8Array, options: ReadOptions = {}): ImageRecord {
  const reader = new ByteReader(record, options.file ?? "record");
  const count = reader.uint32("number of labels");
  const single = new DataView(reader.take(4, "label").slice().buffer).getFloat32(0, true);
  const id = BigInt.asUintN(64, reader.int64("id"));
  const id2 = BigInt.asUintN(64, reader.int64("second id"));
  const label = count === 0 ? single : new Float32Array(reader.take(4 * count, "labels").slice().buffer);
  return { label, id, id2, content: reader.take(reader.remaining, "content") };
}

/** The bytes of a record with a header, as `mx.recordio.pack` makes them. */
export function packImageRecord({ label, id, id2, content }: ImageRecord): Uint8Array {
  const single = typeof label === "number";
  const writer = new ByteWriter();
  writer.uint32(single ? 0 : label.length);
  writer.bytes(new Uint8Array(Float32Array.of(single ? label : 0).buffer));
  writer.int64(BigInt.asIntN(64, id));
  writer.int64(BigInt.asIntN(64, id2));
  if (!single) writer.bytes(new Uint8Array(label.buffer, label.byteOffset, label.byteLength));
  writer.bytes(content);
  return writer.join();
}
