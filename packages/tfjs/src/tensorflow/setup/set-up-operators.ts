import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { NativeOperators } from "../find-native-operators.ts";
import { nativeOperatorsPath } from "../load-native-operators.ts";
import { buildAddon, findCompiler, operatorsAddon, recipeHash } from "./build-addon.ts";
import { linkAddon } from "./link-addon.ts";
import { SetupError } from "./setup-error.ts";
import type { SetupProgress } from "./setup-progress.ts";
import { isWhole, makeWhole } from "./whole-folder.ts";

/** What became of the native operators of a package. */
export interface OperatorsResult {
  readonly name: string;
  /** The package that declares them. */
  readonly package: string;
  /** Why they cannot be used here, when they cannot. */
  readonly reason?: string;
}

export interface OperatorsPlace {
  /** Folder of tfjs-node-gpu. */
  readonly tfjsNode: string;
  /** Folder of the TensorFlow to build against, as the set-up unpacks it. */
  readonly release: string;
  /** Builds all of them again: the TensorFlow is a fresh one. */
  readonly anew: boolean;
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: SetupProgress;
}

/** Folder of a build, named by all that goes into it but TensorFlow. */
export async function builtOperatorsFolder(operators: NativeOperators, release: string): Promise<string> {
  return join(release, "addons", `${operators.name}-${await recipeHash([operatorsAddon(operators)])}`);
}

async function buildAndLink(operators: NativeOperators, place: OperatorsPlace): Promise<boolean> {
  const { tfjsNode, release, anew, environment, progress } = place;
  const folder = await builtOperatorsFolder(operators, release);
  const path = nativeOperatorsPath(tfjsNode, operators.name);
  const build = anew || !(await isWhole(folder));
  if (build) {
    // A build of other sources may not fit what calls it: better none, if this one fails.
    await rm(path, { force: true });
    const compiler = await findCompiler(environment);
    progress.begin(`Compiling the native operators "${operators.name}" of ${operators.package}`);
    try {
      await makeWhole(folder, (partial) =>
        buildAddon(operatorsAddon(operators), compiler, release, partial, environment),
      );
    } catch (error) {
      progress.end("failed");
      throw error;
    }
    progress.end("done");
  }
  const linked = await linkAddon(path, join(folder, `${operators.name}.node`));
  return build || linked;
}

/**
 * Builds the native operators of packages and links them beside the addon of tfjs-node-gpu. What cannot be built is
 * said and left out, since its package works without it.
 *
 * @returns for each its result, and whether anything had to be done.
 */
export async function setUpOperators(
  all: readonly NativeOperators[],
  place: OperatorsPlace,
): Promise<{ readonly result: OperatorsResult; readonly changed: boolean }[]> {
  const done: { readonly result: OperatorsResult; readonly changed: boolean }[] = [];
  for (const operators of all) {
    const facts = { name: operators.name, package: operators.package };
    try {
      done.push({ result: facts, changed: await buildAndLink(operators, place) });
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      place.progress.say(`${error.message}\nIt is optional: ${operators.package} works without it, only slower.`);
      done.push({ result: { ...facts, reason: error.message }, changed: true });
    }
  }
  return done;
}
