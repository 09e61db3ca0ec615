import { FormatError, type HostArray } from "@mxgraft/base";
import { arraysByName, readParams, toDense } from "@mxgraft/files";
import { loadJson, type Symbol as MxSymbol } from "@mxgraft/symbol";
import type { GoldenCase } from "../golden-case.ts";
import { type Folders, NotSupported } from "../replay.ts";

/** A trained model that a case names instead of holding a symbol of its own. */
export interface NamedModel {
  readonly symbol: MxSymbol;
  readonly params: ReadonlyMap<string, HostArray>;
}

/**
 * The model of a case with a field such as `models/mtcnn/det1 (symbol.json and -0001.params)`.
 *
 * @throws NotSupported  the folder of models does not have it.
 */
export function modelOf(golden: GoldenCase, folders: Folders): NamedModel | undefined {
  const described = golden.text("model");
  if (described === undefined) return undefined;
  const [path = ""] = described.split(" ");
  const prefix = path.startsWith("models/") ? path.slice("models/".length) : path;
  if (prefix.split(/[/\\]/).some((part) => part === "" || part === "..")) {
    throw new FormatError(`${golden.id}: model "${path}" lies outside the folder of models.`);
  }
  const symbolFile = folders.models.read(`${prefix}-symbol.json`);
  const paramsFile = folders.models.read(`${prefix}-0001.params`);
  if (!symbolFile || !paramsFile) {
    throw new NotSupported(`the model ${path} is not in the folder of models; name it with --models`);
  }
  const stored = arraysByName(readParams(paramsFile));
  return {
    symbol: loadJson(new TextDecoder().decode(symbolFile)),
    params: new Map([...stored].map(([name, array]) => [name, toDense(array)])),
  };
}
