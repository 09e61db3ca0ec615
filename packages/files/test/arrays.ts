import { DTYPES, type DType, type HostArray, hostArray, isDType, sizeOf } from "@mxgraft/base";
import fc from "fast-check";

/** Any array of any data type: any bits, NaNs and infinities of every kind among them. */
export function arrays(options: { minSize: number; minRank: number }): fc.Arbitrary<HostArray> {
  return fc
    .tuple(
      fc.constantFrom<DType>(...Object.keys(DTYPES).filter(isDType)),
      fc.array(fc.integer({ min: options.minSize, max: 4 }), { minLength: options.minRank, maxLength: 4 }),
    )
    .chain(([dtype, shape]) => {
      const bytes = sizeOf(shape) * DTYPES[dtype].bytes;
      return fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((content) => {
        const copy = Uint8Array.from(content, (byte) => (dtype === "bool" ? byte % 2 : byte));
        return hostArray(dtype, shape, new DTYPES[dtype].array(copy.buffer));
      });
    });
}

/** The bits of an array, so that NaNs are compared too. */
export function bits(array: HostArray): { dtype: DType; shape: readonly number[]; bytes: number[] } {
  const { buffer, byteOffset, byteLength } = array.data;
  return { dtype: array.dtype, shape: array.shape, bytes: [...new Uint8Array(buffer, byteOffset, byteLength)] };
}
