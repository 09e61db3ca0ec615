import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type HostArray, toFloat32 } from "@mxgraft/base";
import { readNpz } from "@mxgraft/files";
import type { Job } from "../run/protocol.ts";

/** The arrays that a case wrote for its workers. */
export interface Inputs {
  readonly arrays: ReadonlyMap<string, HostArray>;
  /** @throws Error  the case wrote no such array. */
  array(name: string): HostArray;
  floats(name: string): Float32Array;
}

export function readInputs({ folder }: Job): Inputs {
  const arrays = readNpz(readFileSync(join(folder, "inputs.npz")));
  const array = (name: string) => {
    const found = arrays.get(name);
    if (found === undefined) throw new Error(`inputs.npz has no array "${name}"`);
    return found;
  };
  return { arrays, array, floats: (name) => toFloat32(array(name)) };
}

/** A number among the settings of a job. */
export function numberSetting({ work, settings }: Job, name: string): number {
  const value = settings[name];
  if (typeof value === "number") return value;
  throw new Error(`work "${work}" needs the number "${name}" among its settings`);
}
