/** Bytes of a function's body; nested, as instructions take others as their operands. */
export type Code = readonly (number | Code)[];

export type ValueType = "i32" | "v128";

/** A parameter or variable of a function. */
export interface Local {
  readonly get: Code;
  set(value: Code): Code;
  /** Sets it to the sum of itself and a number. */
  add(value: Code): Code;
}

/** An unsigned number in LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return [...bytes, rest];
}

/** A signed number of 32 bits in LEB128. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest < -64 || rest > 63; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest & 0x7f];
}

const binary =
  (...opcode: number[]) =>
  (a: Code, b: Code): Code => [a, b, opcode];

/** Numbers of 32 bits: sizes, counts and byte offsets on the heap. */
export const i32 = {
  const: (value: number): Code => [0x41, signed(value)],
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  and: binary(0x71),
  remU: binary(0x70),
  divU: binary(0x6e),
  eq: binary(0x46),
  ne: binary(0x47),
  gtS: binary(0x4a),
  load: (address: Code, offset = 0): Code => [address, 0x28, 2, unsigned(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [address, value, 0x36, 2, unsigned(offset)],
};

/** An instruction on vectors; addresses in it are multiples of 4, if that. */
const vector = (opcode: number): Code => [0xfd, unsigned(opcode)];
const vectorUnary =
  (opcode: number) =>
  (a: Code): Code => [a, vector(opcode)];
const vectorBinary =
  (opcode: number) =>
  (a: Code, b: Code): Code => [a, b, vector(opcode)];
const loadAs =
  (opcode: number) =>
  (address: Code, offset = 0): Code => [address, vector(opcode), 2, unsigned(offset)];

export const v128 = {
  load: loadAs(0x00),
  /** One number in all lanes. */
  load32Splat: loadAs(0x09),
  /** One number, or two, and zeros behind them. */
  load32Zero: loadAs(0x5c),
  load64Zero: loadAs(0x5d),
  load32Lane: (address: Code, value: Code, lane: number, offset = 0): Code => [
    address,
    value,
    vector(0x56),
    2,
    unsigned(offset),
    lane,
  ],
  store: (address: Code, value: Code, offset = 0): Code => [address, value, vector(0x0b), 2, unsigned(offset)],
  store32Lane: (address: Code, value: Code, lane: number, offset = 0): Code => [
    address,
    value,
    vector(0x5a),
    2,
    unsigned(offset),
    lane,
  ],
  store64Lane: (address: Code, value: Code, lane: number, offset = 0): Code => [
    address,
    value,
    vector(0x5b),
    2,
    unsigned(offset),
    lane,
  ],
  zero: (): Code => [vector(0x0c), Array.from({ length: 16 }, () => 0)],
  and: vectorBinary(0x4e),
  /** `then` where the bits of `mask` are set. */
  select: (mask: Code, then: Code, otherwise: Code): Code => [then, otherwise, mask, vector(0x52)],
  /** Lanes of two vectors, 0..3 of the first and 4..7 of the second. */
  shuffle: (a: Code, b: Code, lanes: readonly [number, number, number, number]): Code => [
    a,
    b,
    vector(0x0d),
    lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)),
  ],
};

export const f32x4 = {
  const: (value: number): Code => {
    const bytes = [...new Uint8Array(Float32Array.of(value).buffer)];
    return [vector(0x0c), bytes, bytes, bytes, bytes];
  },
  add: vectorBinary(0xe4),
  mul: vectorBinary(0xe6),
  div: vectorBinary(0xe7),
  /** The smaller or larger number; the first if one of them is not a number. */
  smaller: vectorBinary(0xea),
  larger: vectorBinary(0xeb),
  gt: vectorBinary(0x44),
};

export const i32x4 = {
  splat: vectorUnary(0x11),
  eq: vectorBinary(0x37),
  add: vectorBinary(0xae),
};

export const f64x2 = {
  add: vectorBinary(0xf0),
  /** The first two lanes of a vector of float32. */
  promoteLow: vectorUnary(0x5f),
  /** Two numbers as float32, and zeros behind them. */
  demoteZero: vectorUnary(0x5e),
};

/** `body`, once more as long as `again` is not 0. */
export function repeat(body: Code, again: Code): Code {
  return [0x03, 0x40, body, again, 0x0d, 0, 0x0b];
}

export function when(condition: Code, then: Code, otherwise?: Code): Code {
  return [condition, 0x04, 0x40, then, otherwise ? [0x05, otherwise] : [], 0x0b];
}

export function call(index: number, ...operands: readonly Code[]): Code {
  return [operands, 0x10, unsigned(index)];
}
