import type { Layout } from "@mxgraft/operator";

/** The layout that moves one axis to the end and keeps the order of the others; `undefined` if it is there already. */
export function axisLast(axis: number, rank: number): Layout {
  if (axis === rank - 1) return undefined;
  const others = Array.from({ length: rank }, (_, i) => i).filter((i) => i !== axis);
  return [...others, axis];
}

/** NHWC and its like for MXNet's NCHW. */
export function channelsLast(rank: number): Layout {
  return axisLast(1, rank);
}
