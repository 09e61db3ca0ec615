import { readSource, UsageError } from "@mxgraft/base";
import { type CheckpointParams, readParams, splitCheckpoint } from "@mxgraft/files";
import { Symbol as MxSymbol } from "@mxgraft/symbol";

/** A graph with its parameters. */
export interface LoadedCheckpoint extends CheckpointParams {
  readonly symbol: MxSymbol;
}

/**
 * Reads `PREFIX-symbol.json` and `PREFIX-0001.params`, MXNet's `mx.model.load_checkpoint`: by URL, in a page also
 * relative to it, or in Node by path. "mxgraft/node" has the same without waiting.
 *
 *   const { symbol, argParams, auxParams } = await loadCheckpoint("models/resnet-18", 0);
 *
 * @throws FileError    a file is not there or cannot be read.
 * @throws GraphError   the graph is damaged.
 * @throws FormatError  the parameters are damaged.
 */
export async function loadCheckpoint(prefix: string | URL, epoch: number): Promise<LoadedCheckpoint> {
  if (!Number.isInteger(epoch) || epoch < 0) {
    throw new UsageError(`Checkpoint "${prefix}": the epoch is ${epoch}, expected an integer of 0 or more.`, {
      argument: "epoch",
      actual: epoch,
    });
  }
  const file = `${prefix}-${String(epoch).padStart(4, "0")}.params`;
  const [symbol, bytes] = await Promise.all([MxSymbol.load(`${prefix}-symbol.json`), readSource(file)]);
  return { symbol, ...splitCheckpoint(readParams(bytes, { file, shared: true }), { file }) };
}

/** As `loadCheckpoint`, from the bytes of the two files, for those who were given files. */
export function readCheckpoint(symbol: string | Uint8Array, params: Uint8Array): LoadedCheckpoint {
  return { symbol: MxSymbol.fromJSON(symbol), ...splitCheckpoint(readParams(params)) };
}
