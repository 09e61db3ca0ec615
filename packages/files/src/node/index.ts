// Reading by path
export { loadCheckpoint, loadIdx, loadNpy, loadNpz, loadParams, loadSafetensors, loadStates } from "./load.ts";
export { readFile } from "./read-file.ts";

// Writing by path, atomically
export {
  saveCheckpoint,
  saveIdx,
  saveNpy,
  saveNpz,
  saveParams,
  saveSafetensors,
  saveStates,
} from "./save.ts";
export { writeFileAtomically } from "./write-file-atomically.ts";
