export type { NDArray } from "./ndarray.ts";
export const nd = {};
