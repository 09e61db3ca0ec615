import type { HostArray } from "@mxgraft/base";
import { joinCheckpoint } from "../checkpoint-params.ts";
import type { OptimizerState } from "../optimizer-states.ts";
import { writeIdx } from "../write-idx.ts";
import { writeNpy } from "../write-npy.ts";
import { type WriteNpzOptions, writeNpz } from "../write-npz.ts";
import { type ParamsContent, type WriteParamsOptions, writeParams } from "../write-params.ts";
import { writeSafetensors } from "../write-safetensors.ts";
import { writeStates } from "../write-states.ts";
import { writeFileAtomically } from "./write-file-atomically.ts";

/** Writes a `.params` file, atomically; see `writeParams`. */
export function saveParams(path: string, content: ParamsContent, options: WriteParamsOptions = {}): void {
  writeFileAtomically(path, writeParams(content, options));
}

/** Writes the `.params` file of a checkpoint, atomically; see `joinCheckpoint`. */
export function saveCheckpoint(path: string, params: Parameters<typeof joinCheckpoint>[0]): void {
  writeFileAtomically(path, writeParams(joinCheckpoint(params)));
}

/** Writes a `.states` file, atomically; see `writeStates`. */
export function saveStates(path: string, states: ReadonlyMap<number | string, OptimizerState>): void {
  writeFileAtomically(path, writeStates(states));
}

/** Writes an idx file, atomically; see `writeIdx`. */
export function saveIdx(path: string, array: HostArray): void {
  writeFileAtomically(path, writeIdx(array));
}

/** Writes an `.npy` file, atomically; see `writeNpy`. */
export function saveNpy(path: string, array: HostArray): void {
  writeFileAtomically(path, writeNpy(array));
}

/** Writes an `.npz` file, atomically; see `writeNpz`. */
export function saveNpz(path: string, arrays: ReadonlyMap<string, HostArray>, options: WriteNpzOptions = {}): void {
  writeFileAtomically(path, writeNpz(arrays, options));
}

/** Writes a safetensors file, atomically; see `writeSafetensors`. */
export function saveSafetensors(
  path: string,
  tensors: ReadonlyMap<string, HostArray>,
  metadata: ReadonlyMap<string, string> = new Map(),
): void {
  writeFileAtomically(path, writeSafetensors(tensors, metadata));
}
