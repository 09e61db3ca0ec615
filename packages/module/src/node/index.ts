// Checkpoints in files
export { type Checkpoint, loadCheckpoint, loadSymbol, saveCheckpoint } from "./checkpoint.ts";
export { type CheckpointPaths, checkpointPaths, latestCheckpoint } from "./checkpoint-paths.ts";
export { doCheckpoint } from "./do-checkpoint.ts";
// The module that reads and writes them
export { type LoadOptions, Module, type SaveCheckpointOptions } from "./module.ts";
export { type ModuleCheckpointOptions, moduleCheckpoint } from "./module-checkpoint.ts";
