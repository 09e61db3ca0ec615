import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join, normalize } from "node:path";
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
  const relative = normalize(path.startsWith("models/") ? path.slice("models/".length) : path);
  if (isAbsolute(relative) || relative.startsWith("..")) {
    throw new FormatError(`${golden.id}: model "${path}" lies outside the folder of models.`);
  }
  const prefix = join(folders.models, relative);
  const symbolFile = `${prefix}-symbol.json`;
  const paramsFile = `${prefix}-0001.params`;
  if (!existsSync(symbolFile) || !existsSync(paramsFile)) {
    throw new NotSupported(`the model ${path} is not in the folder of models; name it with --models`);
  }
  const stored = arraysByName(readParams(readFileSync(paramsFile)));
  return {
    symbol: loadJson(readFileSync(symbolFile, "utf8")),
    params: new Map([...stored].map(([name, array]) => [name, toDense(array)])),
  };
}
