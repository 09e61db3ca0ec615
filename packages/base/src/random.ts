import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** The state of a stream of random numbers, so that a run can go on where it stopped. */
export interface RandomState {
  readonly generator: readonly number[];
  /** The second of a pair of normal numbers, when only the first has been given out. */
  readonly spare?: number;
}

/**
 * Four words from a seed, of which each bit depends on all of the seed's: neighbouring seeds give streams that differ
 * from the first number on (splitmix32, as the authors of xoroshiro advise).
 */
function scrambled(seed: number): number[] {
  let counter = seed | 0;
  return Array.from({ length: 4 }, () => {
    counter = (counter + 0x9e3779b9) | 0;
    let word = counter;
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return word ^ (word >>> 15);
  });
}

/**
 * A seeded stream of random numbers: the same seed gives the same numbers on every machine and backend.
 * (Not MXNet's numbers: its Mersenne Twister streams differ between devices and are no part of any file.)
 */
export class Random {
  #generator: RandomGenerator;
  #spare: number | undefined;

  /** @param from  a seed, an integer of which only the lower 32 bits count, or a state to go on from. */
  constructor(from: number | RandomState) {
    this.#generator = xoroshiro128plusFromState(typeof from === "number" ? scrambled(from) : from.generator);
    if (typeof from !== "number") this.#spare = from.spare;
  }

  /** The next 32 random bits, 0..2^32-1. */
  bits(): number {
    return this.#generator.next() >>> 0;
  }

  /** A number in [0, 1) with 24 random bits, exact in float32. */
  uniform(): number {
    return (this.bits() >>> 8) / 0x1000000;
  }

  /** A number from the normal distribution with mean 0 and deviation 1 (Marsaglia's polar method). */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    for (;;) {
      const x = 2 * ((this.bits() + 0.5) / 0x100000000) - 1;
      const y = 2 * ((this.bits() + 0.5) / 0x100000000) - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      this.#spare = y * factor;
      return x * factor;
    }
  }

  /** An integer in 0..bound-1, each as likely as the others. */
  below(bound: number): number {
    const limit = 0x100000000 - (0x100000000 % bound);
    for (;;) {
      const bits = this.bits();
      if (bits < limit) return bits % bound;
    }
  }

  /** Puts the elements into random order, in place (Fisher and Yates). */
  shuffle(items: Int32Array | number[]): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const item = items[i] ?? 0;
      items[i] = items[j] ?? 0;
      items[j] = item;
    }
  }

  /** A new stream, independent of what this one gives from now on. */
  fork(): Random {
    return new Random(this.bits());
  }

  /** What the constructor and `restore` take to go on from here. */
  state(): RandomState {
    return { generator: [...this.#generator.getState()], ...(this.#spare === undefined ? {} : { spare: this.#spare }) };
  }

  /** Goes on from a state, whatever was drawn before. */
  restore(state: RandomState): void {
    this.#generator = xoroshiro128plusFromState(state.generator);
    this.#spare = state.spare;
  }
}
