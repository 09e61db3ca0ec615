import assert from "node:assert/strict";
import { readParams, splitCheckpoint } from "@mxgraft/files";
import { loadJson } from "@mxgraft/symbol";
import { type HostArray, hostArray, runModel, setBackend } from "mxgraft";

/** The first output of a model in this process, on wasm; `values` are its input "data". */
export async function runHere(
  symbol: Buffer,
  params: Buffer,
  shape: readonly number[],
  values: Float32Array,
): Promise<HostArray> {
  await setBackend("wasm");
  const { argParams, auxParams } = splitCheckpoint(readParams(params));
  const { outputs } = await runModel(loadJson(symbol.toString("utf8")), {
    parameters: new Map([...argParams, ...auxParams]),
    inputs: new Map([["data", hostArray("float32", shape, values)]]),
  });
  const [first] = outputs.values();
  assert(first, "the model has no output");
  return first;
}
