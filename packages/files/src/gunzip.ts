import { FormatError } from "@mxgraft/base";
import { Gunzip } from "fflate";
import { plainBytes } from "./byte-reader.ts";
import { crc32 } from "./crc32.ts";

const CHUNK = 64 * 1024;
/** Header and trailer of a gzip file without content. */
const LEAST = 18;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks gzip, checking length and checksum. A few packed bytes can stand for a thousand times as many, and the size
 * at the end of the file can lie: so it is unpacked piece by piece and stopped at the limit.
 *
 * @param maxBytes  largest unpacked size.
 * @throws FormatError  the file is damaged, cut short, or larger than `maxBytes` when unpacked.
 */
export function gunzip(bytes: Uint8Array, file: string, maxBytes: number): Uint8Array {
  const packed = plainBytes(bytes);
  if (packed.length < LEAST) {
    throw new FormatError(
      `${file}: damaged gzip: ${packed.length} bytes, expected at least ${LEAST}. Fetch the file again.`,
      { file, actual: packed.length },
    );
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  const stream = new Gunzip((piece) => {
    length += piece.length;
    if (length > maxBytes) {
      throw new FormatError(`${file}: unpacks to more than the ${maxBytes} bytes allowed.`, {
        file,
        expected: maxBytes,
      });
    }
    pieces.push(piece);
  });
  let members = 1;
  stream.onmember = () => {
    members++;
  };
  try {
    for (let start = 0; start < packed.length; start += CHUNK) {
      stream.push(packed.subarray(start, start + CHUNK), start + CHUNK >= packed.length);
    }
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(
      `${file}: damaged gzip after ${length} unpacked bytes (${reason}). Fetch the file again.`,
      { file },
      { cause },
    );
  }
  const unpacked = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    unpacked.set(piece, offset);
    offset += piece.length;
  }
  checkTrailer(packed, unpacked, file, members);
  return unpacked;
}

/** The last eight bytes are checksum and length of the last member; with more than one they do not cover the rest. */
function checkTrailer(packed: Uint8Array, unpacked: Uint8Array, file: string, members: number): void {
  if (members > 1) return;
  const trailer = new DataView(packed.buffer, packed.byteOffset + packed.length - 8, 8);
  const crc = crc32(unpacked);
  if (trailer.getUint32(0, true) === crc && trailer.getUint32(4, true) === unpacked.length % 2 ** 32) return;
  throw new FormatError(
    `${file}: damaged gzip: checksum or length at byte ${packed.length - 8} do not fit the ${unpacked.length} unpacked bytes. Fetch the file again.`,
    { file, byte: packed.length - 8, expected: trailer.getUint32(0, true), actual: crc },
  );
}
