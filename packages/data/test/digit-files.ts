import { hostArray } from "@mxgraft/base";
import { writeIdx } from "@mxgraft/files";

/** A pair of idx files as MNIST's, with images of 4 x 3: pixel p of image i is (12 i + 7 p) mod 256, label i is i. */
export function digitFiles(count: number): { image: Uint8Array; label: Uint8Array } {
  const pixels = Uint8Array.from({ length: 12 * count }, (_, at) => 12 * Math.floor(at / 12) + 7 * (at % 12));
  return {
    image: writeIdx(hostArray("uint8", [count, 4, 3], pixels)),
    label: writeIdx(
      hostArray(
        "uint8",
        [count],
        Uint8Array.from({ length: count }, (_, i) => i),
      ),
    ),
  };
}

export function pixelOf(image: number, at: number): number {
  return ((12 * image + 7 * at) % 256) / 256;
}
