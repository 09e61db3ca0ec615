import { type HostArray, hostArray, type Shape, sizeOf } from "@mxgraft/base";
import { crc32 } from "@mxgraft/files";

/** The 24 bits of element `i`, from the hash of the array's name. */
function bitsAt(seed: number, i: number): number {
  let h = (seed ^ Math.imul(i, 0x9e3779b1)) >>> 0;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return h >>> 8;
}

export interface FormulaOptions {
  readonly salt?: string;
  /** Number of classes that labels are drawn from. */
  readonly numClass?: number;
  /** Treat the array as if its name ended in `_label`. */
  readonly index?: boolean;
  /** Scale and offset applied at the end. */
  readonly scale?: readonly [number, number];
}

/**
 * The values the golden cases give an array that they do not store: see "The formula" in the README.md of the cases.
 * All arithmetic is rounded to float32 as there.
 */
export function formula(givenName: string, shape: Shape, options: FormulaOptions = {}): HostArray<"float32"> {
  const name = options.index ? `${givenName}_label` : givenName;
  const seed = crc32(new TextEncoder().encode((options.salt ?? "") + name));
  const size = sizeOf(shape);
  const values = new Float32Array(size);
  const round = Math.fround;
  const fanIn = shape.length > 1 ? sizeOf(shape.slice(1)) : 1;
  const weightScale = round(Math.sqrt(6 / fanIn));
  const biasScale = round(0.1);
  const endsWith = (...ends: string[]) => ends.some((end) => name.endsWith(end));
  const value = ((): ((u: number, v: number) => number) => {
    if (endsWith("label")) return (u) => Math.floor(u * (options.numClass ?? 1));
    if (endsWith("weight")) return (_, v) => round(v * weightScale);
    if (endsWith("gamma", "moving_var", "running_var")) return (u) => round(u + 0.5);
    if (endsWith("bias", "beta", "moving_mean", "running_mean")) return (_, v) => round(v * biasScale);
    return (_, v) => v;
  })();
  for (let i = 0; i < size; i++) {
    const k = bitsAt(seed, i);
    values[i] = value(k / 0x1000000, (k - 0x800000) / 0x800000);
  }
  if (options.scale) {
    const [a, b] = options.scale;
    for (let i = 0; i < size; i++) values[i] = round(round((values[i] ?? 0) * a) + b);
  }
  return hostArray("float32", shape, values);
}
