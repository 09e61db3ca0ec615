// The protocol
export type { DataBatch } from "./data-batch.ts";
export type { DataDesc } from "./data-desc.ts";
export { type DataIter, type DataIterState, remainingBatches, type SyncDataIter } from "./data-iter.ts";

// Iterators over arrays and files
export { MNISTIter, type MNISTIterOptions, type MNISTSource } from "./mnist-iter.ts";
export type { ArraysInput } from "./named-arrays.ts";
export { NDArrayIter, type NDArrayIterOptions } from "./nd-array-iter.ts";

// Iterators over iterators
export { RepeatLabelIter } from "./repeat-label-iter.ts";
export { ResizeIter } from "./resize-iter.ts";

// Digits to learn from without a download
export { type DrawDigitsOptions, type DrawnDigits, drawDigits } from "./draw-digits.ts";
