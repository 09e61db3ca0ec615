import { existsSync, realpathSync } from "node:fs";
import { dirname } from "node:path";
import { findNativeOperators, type NativeOperators } from "../tensorflow/find-native-operators.ts";
import { loadNativeOperators, nativeOperatorsPath } from "../tensorflow/load-native-operators.ts";
import { builtOperatorsFolder } from "../tensorflow/setup/set-up-operators.ts";
import { loadedTfjsNodeBackend } from "../tensorflow/tfjs-node-backend.ts";
import { SET_UP_TENSORFLOW, tfjsNodeFolder } from "../tensorflow/tfjs-node-package.ts";

export interface NativeOperatorsStatus {
  readonly name: string;
  /** The package that declares them. */
  readonly package: string;
  readonly state: "built" | "missing";
  /** Why they are not used, or what is wrong with the build that is there. */
  readonly reason?: string;
}

async function statusOf(operators: NativeOperators, tfjsNode: string): Promise<NativeOperatorsStatus> {
  const facts = { name: operators.name, package: operators.package };
  const path = nativeOperatorsPath(tfjsNode, operators.name);
  if (!existsSync(path)) return { ...facts, state: "missing", reason: `not built: ${SET_UP_TENSORFLOW}` };
  const built = dirname(realpathSync(path));
  // The folder of a build lies in `addons/` of a TensorFlow.
  if (built !== (await builtOperatorsFolder(operators, dirname(dirname(built))))) {
    return { ...facts, state: "built", reason: `built from other sources than these: ${SET_UP_TENSORFLOW}` };
  }
  if (loadedTfjsNodeBackend() === undefined) return { ...facts, state: "built" };
  const loaded = loadNativeOperators(operators.name);
  return loaded.available ? { ...facts, state: "built" } : { ...facts, state: "built", reason: loaded.reason };
}

/**
 * Which native operators of the installed packages are built, and whether they load when TensorFlow is loaded.
 *
 * @param all       what to look for; the installed packages' when left out.
 * @param tfjsNode  folder of tfjs-node-gpu, beside whose addon they are linked.
 */
export async function nativeOperatorsStatus(
  all: readonly NativeOperators[] = findNativeOperators(),
  tfjsNode: string | undefined = tfjsNodeFolder(),
): Promise<NativeOperatorsStatus[]> {
  if (tfjsNode === undefined) {
    const reason = 'the backend "tensorflow" is not installed';
    return all.map(({ name, package: owner }) => ({ name, package: owner, state: "missing", reason }));
  }
  return Promise.all(all.map((operators) => statusOf(operators, tfjsNode)));
}
