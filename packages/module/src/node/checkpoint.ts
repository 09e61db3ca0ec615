import { MxgraftError } from "@mxgraft/base";
import {
  loadCheckpoint as loadParams,
  readFile,
  saveCheckpoint as saveParams,
  writeFileAtomically,
} from "@mxgraft/files/node";
import { loadJson, type Symbol as MxSymbol } from "@mxgraft/symbol";
import type { Parameters } from "../module/parameters.ts";
import { checkpointPaths } from "./checkpoint-paths.ts";

/** A graph with its parameters. */
export interface Checkpoint extends Parameters {
  readonly symbol: MxSymbol;
}

/** Reads a graph from a `symbol.json` file; errors name the file. */
export function loadSymbol(file: string): MxSymbol {
  const bytes = readFile(file);
  try {
    return loadJson(bytes);
  } catch (error) {
    if (error instanceof MxgraftError) error.message = `${file}: ${error.message}`;
    throw error;
  }
}

/**
 * Writes `prefix-symbol.json` and `prefix-0001.params`, each atomically: `mx.model.save_checkpoint`.
 *
 * @throws FileError  a file cannot be written; what was there before is unchanged.
 */
export function saveCheckpoint(prefix: string, epoch: number, { symbol, ...params }: Checkpoint): void {
  const paths = checkpointPaths(prefix, epoch);
  writeFileAtomically(paths.symbol, new TextEncoder().encode(symbol.toJSON()));
  saveParams(paths.params, params);
}

/**
 * Reads `prefix-symbol.json` and `prefix-0001.params`: `mx.model.load_checkpoint`.
 *
 * @throws FileError    a file is not there or cannot be read.
 * @throws FormatError  the parameters are damaged.
 * @throws GraphError   the graph is damaged.
 */
export function loadCheckpoint(prefix: string, epoch: number): Checkpoint {
  const paths = checkpointPaths(prefix, epoch);
  return { symbol: loadSymbol(paths.symbol), ...loadParams(paths.params) };
}
