import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { HostArray } from "@mxgraft/base";
import { writeNpz } from "@mxgraft/files";

/** Writes the arrays that all workers of a case read. */
export async function writeInputs(folder: string, arrays: Readonly<Record<string, HostArray>>): Promise<void> {
  await writeFile(join(folder, "inputs.npz"), writeNpz(new Map(Object.entries(arrays))));
}
