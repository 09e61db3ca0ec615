/** `RecordIOWriter::kMagic` (dmlc/recordio.h): before every part of a record. */
export const RECORD_MAGIC = 0xced7230a;
/** Bits of the second word that give the length of a part; the three above them say which part it is. */
export const RECORD_LENGTH_BITS = 29;

/**
 * Which part of a record a part is. A record that contains the magic number at a multiple of four bytes is split
 * there, and the magic number left out, so that a reader that is lost finds its way again.
 */
export const RECORD_PART = { whole: 0, first: 1, middle: 2, last: 3 } as const;
