import { FormatError, type HostArray } from "@mxgraft/base";
import { arraysByName, toDense } from "@mxgraft/files";
import { loadParams } from "@mxgraft/files/node";

/**
 * The arrays of a `.params` file of any MXNet version by their names in the graph, with or without the `arg:` and
 * `aux:` of checkpoints; sparse arrays are made dense.
 *
 * @throws FileError    the file is not there or cannot be read.
 * @throws FormatError  it is damaged, or its arrays have no names.
 */
export function loadParameters(file: string): Map<string, HostArray> {
  const params = loadParams(file);
  if (params.entries.some(({ name }) => name === undefined)) {
    throw new FormatError(
      `${file}: its ${params.entries.length} arrays have no names, so they cannot be given to a graph. Save them as a dict.`,
      { file },
    );
  }
  return new Map(
    [...arraysByName(params)].map(([name, array]) => [name.replace(/^(arg|aux):/, ""), toDense(array)] as const),
  );
}
