import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toFloat32 } from "@mxgraft/base";
import { simpleBind } from "@mxgraft/executor";
import { readParams, splitCheckpoint } from "@mxgraft/files";
import { loadJson } from "@mxgraft/symbol";
import type { Job } from "../../run/protocol.ts";
import { readInputs } from "../read-inputs.ts";
import type { Work } from "../serve.ts";
import { compilationFacts } from "./compilation-facts.ts";

/** Numbers of the output that are compared. */
const SHOWN = 64;

/** Inference of a model on one batch, the output read. */
export async function resnet18(job: Job): Promise<Work> {
  const data = readInputs(job).array("data");
  const symbol = loadJson(readFileSync(join(job.folder, "model-symbol.json"), "utf8"));
  const file = readParams(readFileSync(join(job.folder, "model-0000.params")));
  const { argParams, auxParams } = splitCheckpoint(file);
  const executor = simpleBind(symbol, { shapes: { data: data.shape }, gradReq: "null" });
  for (const [cells, arrays] of [
    [executor.argCells, argParams],
    [executor.auxCells, auxParams],
  ] as const) {
    for (const [name, cell] of cells) {
      const array = arrays.get(name);
      if (array !== undefined) cell.set(array);
    }
  }
  const read = async () => {
    await executor.forward({ inputs: { data } });
    const output = await executor.outputs[0]?.toHost();
    return output === undefined ? new Float32Array() : toFloat32(output);
  };
  const step = async () => {
    await read();
  };
  const output = [...(await read()).slice(0, SHOWN)];
  return { check: { output }, facts: compilationFacts(executor), step };
}
