import { MxgraftError } from "@mxgraft/base";
import { readFile } from "@mxgraft/files/node";
import { loadJson, type Symbol as MxSymbol } from "@mxgraft/symbol";

/**
 * Reads a `symbol.json` of any MXNet version and keeps operators that nobody registered, so that all gaps can be told
 * at once; see `unsupportedNodes`.
 *
 * @throws FileError   the file is not there or cannot be read.
 * @throws GraphError  it is no graph; the message names file and node.
 */
export function loadGraph(file: string): MxSymbol {
  const bytes = readFile(file);
  try {
    return loadJson(bytes, { unknownOperators: "keep" });
  } catch (error) {
    if (error instanceof MxgraftError) error.message = `${file}: ${error.message}`;
    throw error;
  }
}
