import { type HostArray, numberToFloat16 } from "@mxgraft/base";

/** Writes a number into every element, in row-major order; integers are cut towards zero. */
export function fillArray(array: HostArray, valueAt: (index: number) => number): void {
  const { data, dtype } = array;
  if (data instanceof BigInt64Array) {
    for (let i = 0; i < data.length; i++) data[i] = BigInt(Math.trunc(valueAt(i)));
  } else if (dtype === "float16") {
    for (let i = 0; i < data.length; i++) data[i] = numberToFloat16(valueAt(i));
  } else {
    for (let i = 0; i < data.length; i++) data[i] = valueAt(i);
  }
}
