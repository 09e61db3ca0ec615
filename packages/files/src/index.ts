// .params: MXNet's arrays in files
export { arraysByName, type ParamsEntry, type ParamsFile, type ParamsFormat } from "./params-file.ts";
export { type ReadOptions, type ReadParamsOptions, readParams } from "./read-params.ts";
export { type ParamsContent, type WriteParamsOptions, writeParams } from "./write-params.ts";
export { type CheckpointParams, joinCheckpoint, splitCheckpoint } from "./checkpoint-params.ts";

// Sparse arrays
export {
  type CsrArray,
  isSparse,
  type RowSparseArray,
  type SparseArray,
  type StoredArray,
  toDense,
} from "./sparse-array.ts";

// .states: what optimizers remember
export type { OptimizerState, OptimizerStates, SavedOptimizer } from "./optimizer-states.ts";
export { readStates } from "./read-states.ts";
export { writeStates } from "./write-states.ts";

// RecordIO
export { readRecords } from "./read-records.ts";
export { type WrittenRecords, writeRecords } from "./write-records.ts";
export { readRecordIndex, writeRecordIndex } from "./record-index.ts";
export { type ImageRecord, packImageRecord, unpackImageRecord } from "./image-record.ts";

// idx, the format of MNIST
export { type ReadIdxOptions, readIdx } from "./read-idx.ts";
export { writeIdx } from "./write-idx.ts";

// NumPy's files
export { readNpy } from "./read-npy.ts";
export { writeNpy } from "./write-npy.ts";
export { type ReadNpzOptions, readNpz } from "./read-npz.ts";
export { type WriteNpzOptions, writeNpz } from "./write-npz.ts";

// safetensors
export type { SafetensorsFile } from "./safetensors-types.ts";
export { readSafetensors } from "./read-safetensors.ts";
export { writeSafetensors } from "./write-safetensors.ts";

// The checksum of gzip and zip
export { crc32 } from "./crc32.ts";
