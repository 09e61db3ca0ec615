// .params: MXNet's arrays in files
export { type CheckpointParams, joinCheckpoint, splitCheckpoint } from "./checkpoint-params.ts";
// .states: what optimizers remember
export type { OptimizerState, OptimizerStates, SavedOptimizer } from "./optimizer-states.ts";
export { arraysByName, type ParamsEntry, type ParamsFile } from "./params-file.ts";
// idx, the format of MNIST
export { type ReadIdxOptions, readIdx } from "./read-idx.ts";
// NumPy's files
export { readNpy } from "./read-npy.ts";
export { type ReadNpzOptions, readNpz } from "./read-npz.ts";
export { type ReadOptions, readParams } from "./read-params.ts";
// safetensors
export { readSafetensors } from "./read-safetensors.ts";
export { readStates } from "./read-states.ts";
export type { SafetensorsFile } from "./safetensors-types.ts";
// Sparse arrays
export {
  type CsrArray,
  isSparse,
  type RowSparseArray,
  type SparseArray,
  type StoredArray,
  toDense,
} from "./sparse-array.ts";
export { writeIdx } from "./write-idx.ts";
export { writeNpy } from "./write-npy.ts";
export { type WriteNpzOptions, writeNpz } from "./write-npz.ts";
export { type ParamsContent, type WriteParamsOptions, writeParams } from "./write-params.ts";
export { writeSafetensors } from "./write-safetensors.ts";
export { writeStates } from "./write-states.ts";

// RecordIO
export { type ImageRecord, packImageRecord, unpackImageRecord } from "./image-record.ts";
export { readRecords } from "./read-records.ts";
export { readRecordIndex, writeRecordIndex } from "./record-index.ts";
export { type WrittenRecords, writeRecords } from "./write-records.ts";
