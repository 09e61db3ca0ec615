import { existsSync, lstatSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { NativeOperatorsState } from "../backends/native-operators-state.ts";
import { loadedTfjsNodeBackend } from "./tfjs-node-backend.ts";
import { addonPath, SET_UP_TENSORFLOW, TFJS_NODE, tfjsNodeFolder } from "./tfjs-node-package.ts";

/** Where built native operators are linked: beside the addon of tfjs-node-gpu, which `npm ci` clears as well. */
export function nativeOperatorsPath(tfjsNode: string, name: string): string {
  return join(dirname(addonPath(tfjsNode)), `mxgraft-${name}.node`);
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** What kept native operators from loading; a library that did not load is not tried again. */
const loaded = new Map<string, NativeOperatorsState>();

/**
 * Loads a built addon, or says why it cannot be. One that was built for another TensorFlow lacks symbols; since all are
 * bound at load (`-z now`), that is an error here and not the end of the process at the first use.
 */
export function loadOperatorsFile(path: string): NativeOperatorsState {
  if (!existsSync(path)) {
    const problem = isLink(path) ? "its file is gone from the cache folder" : "not built";
    return { available: false, reason: `${problem}: ${SET_UP_TENSORFLOW}` };
  }
  try {
    // Loading registers the operators with TensorFlow; what the addon exports is not needed.
    createRequire(import.meta.url)(path);
    return { available: true };
  } catch (error) {
    const problem = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return { available: false, reason: `it does not load (${problem}): ${SET_UP_TENSORFLOW}` };
  }
}

/**
 * Loads native operators into the TensorFlow of this process, once.
 *
 * @param name  as their package declares them.
 */
export function loadNativeOperators(name: string): NativeOperatorsState {
  // Before TensorFlow its libraries are not found, and a second copy of them could be loaded.
  if (loadedTfjsNodeBackend() === undefined) {
    return { available: false, reason: 'the backend "tensorflow" is not loaded' };
  }
  const choice = process.env.MXGRAFT_NATIVE;
  if (choice === "0") return { available: false, reason: "switched off by MXGRAFT_NATIVE=0" };
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const tfjsNode = tfjsNodeFolder();
  const state: NativeOperatorsState =
    tfjsNode === undefined
      ? { available: false, reason: `${TFJS_NODE} is not installed` }
      : loadOperatorsFile(nativeOperatorsPath(tfjsNode, name));
  loaded.set(name, state);
  return state;
}
