import type { Layout } from "@mxgraft/operator";

/** Where each axis of layout `to` lies in layout `from`: the permutation of a Transpose. */
export function layoutPermutation(from: Layout, to: Layout, rank: number): number[] {
  const plain = Array.from({ length: rank }, (_, axis) => axis);
  const source = from ?? plain;
  return (to ?? plain).map((axis) => source.indexOf(axis));
}
