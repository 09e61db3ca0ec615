import { FormatError, type HostArray } from "@mxgraft/base";
import { arraysByName, type ParamsFile } from "./params-file.ts";
import { toDense } from "./sparse-array.ts";

/** The arrays of a checkpoint by their names in the graph. */
export interface CheckpointParams {
  readonly argParams: Map<string, HostArray>;
  readonly auxParams: Map<string, HostArray>;
}

/**
 * Parts a checkpoint's `arg:` from its `aux:` arrays, as `mx.model.load_params` does; names with another prefix are
 * left out, sparse arrays made dense.
 *
 * @throws FormatError  an array has no name or a name without a prefix: this is no checkpoint of a Module.
 */
export function splitCheckpoint(params: ParamsFile, options: { readonly file?: string } = {}): CheckpointParams {
  const file = options.file ?? ".params file";
  const argParams = new Map<string, HostArray>();
  const auxParams = new Map<string, HostArray>();
  const plain: string[] = [];
  for (const [i, { name }] of params.entries.entries()) {
    if (!name?.includes(":")) plain.push(name === undefined ? `array ${i}` : `"${name}"`);
  }
  if (plain.length > 0) {
    const shown = plain.slice(0, 5).join(", ") + (plain.length > 5 ? ", ..." : "");
    throw new FormatError(
      `${file}: ${plain.length} of ${params.entries.length} arrays lack the prefix "arg:" or "aux:" of a checkpoint: ${shown}. Read it with readParams() and name the arrays yourself.`,
      { file, actual: plain },
    );
  }
  for (const [prefixed, array] of arraysByName(params)) {
    const colon = prefixed.indexOf(":");
    const name = prefixed.slice(colon + 1);
    if (prefixed.startsWith("arg:")) argParams.set(name, toDense(array));
    else if (prefixed.startsWith("aux:")) auxParams.set(name, toDense(array));
  }
  return { argParams, auxParams };
}

/** The arrays under the names that `Module.save_checkpoint` gives them: `arg:` ones first, each in the order given. */
export function joinCheckpoint(params: {
  readonly argParams: ReadonlyMap<string, HostArray>;
  readonly auxParams: ReadonlyMap<string, HostArray>;
}): Map<string, HostArray> {
  const joined = new Map<string, HostArray>();
  for (const [name, array] of params.argParams) joined.set(`arg:${name}`, array);
  for (const [name, array] of params.auxParams) joined.set(`aux:${name}`, array);
  return joined;
}
