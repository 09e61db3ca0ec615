import type { HostArray } from "@mxgraft/base";
import { type CheckpointParams, splitCheckpoint } from "../checkpoint-params.ts";
import type { OptimizerStates } from "../optimizer-states.ts";
import type { ParamsFile } from "../params-file.ts";
import { readIdx } from "../read-idx.ts";
import { readNpy } from "../read-npy.ts";
import { readNpz } from "../read-npz.ts";
import { readParams } from "../read-params.ts";
import { readSafetensors } from "../read-safetensors.ts";
import { readStates } from "../read-states.ts";
import type { SafetensorsFile } from "../safetensors-types.ts";
import { readFile } from "./read-file.ts";

/**
 * Reads a `.params` file; see `readParams`. Its arrays share one block of memory, which lasts as long as any of them:
 * copy one that is kept alone.
 */
export function loadParams(path: string): ParamsFile {
  return readParams(readFile(path), { file: path, shared: true });
}

/** Reads the `.params` file of a checkpoint; see `splitCheckpoint`. */
export function loadCheckpoint(path: string): CheckpointParams {
  return splitCheckpoint(loadParams(path), { file: path });
}

/** Reads a `.states` file; see `readStates`. */
export function loadStates(path: string): OptimizerStates {
  return readStates(readFile(path), { file: path });
}

/** Reads an idx file, packed or not; see `readIdx`. */
export function loadIdx(path: string): HostArray {
  return readIdx(readFile(path), { file: path });
}

/** Reads an `.npy` file; see `readNpy`. */
export function loadNpy(path: string): HostArray {
  return readNpy(readFile(path), { file: path });
}

/** Reads an `.npz` file; see `readNpz`. */
export function loadNpz(path: string): Map<string, HostArray> {
  return readNpz(readFile(path), { file: path });
}

/** Reads a safetensors file; see `readSafetensors`. */
export function loadSafetensors(path: string): SafetensorsFile {
  return readSafetensors(readFile(path), { file: path });
}
