import { castHostArray, float32Array, type HostArray } from "@mxgraft/base";
import { expect } from "vitest";

/** An array as a case file holds it: numbers of seven digits, `"nan"` and the like as texts. */
export interface Recorded {
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
  readonly dtype?: string;
}

export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

export function recordedArray({ shape, values, dtype }: Recorded): HostArray {
  const floats = float32Array(shape, values.map(Number));
  return dtype === "int32" ? castHostArray(floats, "int32") : floats;
}

/** Besides the tolerance, 1e-7 of a number may lie in the digits that a case file leaves out. */
export function expectClose(got: HostArray | undefined, want: Recorded, { rtol, atol }: Tolerance, what: string): void {
  expect(got?.shape, what).toEqual(want.shape);
  const wrong = want.values
    .map((value, i) => ({ i, want: Number(value), got: Number(got?.data[i]) }))
    .filter(
      ({ want, got }) => !Object.is(got, want) && !(Math.abs(got - want) <= atol + (rtol + 1e-7) * Math.abs(want)),
    );
  expect(wrong, what).toEqual([]);
}
