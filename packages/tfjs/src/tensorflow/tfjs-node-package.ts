import { existsSync, lstatSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The package that holds the native backend's JavaScript and the source of its addon. */
export const TFJS_NODE = "@tensorflow/tfjs-node-gpu";

/** What to do when a native part is missing. */
export const SET_UP_TENSORFLOW =
  'run "npm run setup:tensorflow" (with the published packages: "npx mxgraft setup tensorflow")';

/** Folder of the installed tfjs-node-gpu; `undefined` when it is not installed. */
export function tfjsNodeFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${TFJS_NODE}/package.json`));
  } catch {
    return undefined;
  }
}

/** Where tfjs-node-gpu looks for its addon: node-pre-gyp takes version 8 of Node-API on every Node since 14. */
export function addonPath(folder: string): string {
  return join(folder, "lib", "napi-v8", "tfjs_binding.node");
}

export function tfjsNodeVersion(folder: string): string {
  const facts: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return typeof facts === "object" && facts !== null && "version" in facts ? String(facts.version) : "unknown";
}

/** State of the addon in an installed tfjs-node-gpu. */
export type AddonState =
  | { readonly state: "missing" }
  /** A link to a file that is gone. */
  | { readonly state: "dangling" }
  | { readonly state: "present"; readonly file: string };

export function addonState(folder: string): AddonState {
  const path = addonPath(folder);
  if (existsSync(path)) return { state: "present", file: realpathSync(path) };
  try {
    lstatSync(path);
    return { state: "dangling" };
  } catch {
    return { state: "missing" };
  }
}
