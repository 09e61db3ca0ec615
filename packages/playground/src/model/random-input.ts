import { Random } from "@mxgraft/base";

/** Numbers of a standard normal distribution, the same every time. */
export function randomInput(count: number): Float32Array {
  const random = new Random(7);
  return Float32Array.from({ length: count }, () => random.normal());
}
