import type { HostArray } from "@mxgraft/base";

/**
 * Makes every element 0, writing only what is not: the memory of a new array takes no room until it is written, so a
 * table of a million centers is initialized without a second copy of it.
 */
export function fillWithZeros({ data }: HostArray): void {
  if (data instanceof BigInt64Array) {
    data.fill(0n);
    return;
  }
  for (let i = 0; i < data.length; i++) if (data[i] !== 0) data[i] = 0;
}
