// The protocol
export type { DataBatch } from "./data-batch.ts";
export type { DataDesc } from "./data-desc.ts";
export { type DataIter, type DataIterState, remainingBatches, type SyncDataIter } from "./data-iter.ts";
