import { type Code, i32, type Local, v128, when } from "./instructions.ts";

/** Numbers side by side in a vector. */
export const LANES = 4;
/** Bytes of a number. */
export const NUMBER = 4;
/** Bytes of a vector. */
export const VECTOR = LANES * NUMBER;

/** Sets the first lanes of a vector, 1 to 3, from memory, and the others to 0. */
export function loadFirst(vector: Local, from: Code, count: Local, offset = 0): Code {
  return when(
    i32.and(count.get, i32.const(2)),
    [
      vector.set(v128.load64Zero(from, offset)),
      when(i32.and(count.get, i32.const(1)), vector.set(v128.load32Lane(from, vector.get, 2, offset + 2 * NUMBER))),
    ],
    vector.set(v128.load32Zero(from, offset)),
  );
}

/** Stores the first lanes of a vector, 1 to 3. */
export function storeFirst(to: Code, vector: Local, count: Local, offset = 0): Code {
  return when(
    i32.and(count.get, i32.const(2)),
    [
      v128.store64Lane(to, vector.get, 0, offset),
      when(i32.and(count.get, i32.const(1)), v128.store32Lane(to, vector.get, 2, offset + 2 * NUMBER)),
    ],
    v128.store32Lane(to, vector.get, 0, offset),
  );
}

/** Numbers of the vectors that hold `numbers`. */
export function wholeVectors(numbers: number): number {
  return Math.ceil(numbers / LANES) * LANES;
}
