// What needs files and folders. Everything else is in "mxgraft".

// Digits
export { loadMNISTIter } from "@mxgraft/data/node";

// Arrays in files
export {
  loadIdx,
  loadNpy,
  loadNpz,
  loadParams,
  loadSafetensors,
  loadStates,
  saveIdx,
  saveNpy,
  saveNpz,
  saveParams,
  saveSafetensors,
  saveStates,
  writeFileAtomically,
} from "@mxgraft/files/node";
// Checkpoints, and the module that reads and writes them
export {
  type Checkpoint,
  checkpointPaths,
  doCheckpoint,
  latestCheckpoint,
  loadCheckpoint,
  loadSymbol,
  Module,
  moduleCheckpoint,
  saveCheckpoint,
} from "@mxgraft/module/node";
// Graphs in files need the operators, as those of "mxgraft" do
export { registerAll } from "../register-all.ts";
export { type LoadDigitDataOptions, loadDigitData } from "./load-digit-data.ts";
// Models
export { loadGraph } from "./load-graph.ts";
export { loadImage } from "./load-image.ts";
export { loadInputs } from "./load-inputs.ts";
export { loadParameters } from "./load-parameters.ts";
export { loadPlugin } from "./load-plugin.ts";
// Long calls in a process of their own
export { type RunInWorkerOptions, runInWorker, type WorkerContext, type WorkerTask } from "./run-in-worker.ts";
// Pictures
export { type Pictures, writePictures } from "./write-pictures.ts";
