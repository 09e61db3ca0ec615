import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { TFJS_NODE } from "../tensorflow/tfjs-node-package.ts";

/** One installed `@tensorflow/tfjs-core` and the packages that use it. */
export interface TfjsCopy {
  readonly version: string;
  readonly folder: string;
  readonly usedBy: readonly string[];
}

const CORE = "@tensorflow/tfjs-core";

/** The packages that bring tensors and backends to us; those that are not installed are passed over. */
const USERS = [
  "@tensorflow/tfjs",
  "@tensorflow/tfjs-backend-wasm",
  "@tensorflow/tfjs-backend-webgpu",
  "@tensorflow/tfjs-backend-webgl",
  "@tensorflow/tfjs-backend-cpu",
  TFJS_NODE,
] as const;

function folderOf(name: string, from: string): string | undefined {
  try {
    return dirname(realpathSync(createRequire(from).resolve(`${name}/package.json`)));
  } catch {
    return undefined;
  }
}

/** tfjs-core as a package sees it; packages that bring only the union package see it through that one. */
function coreOf(folder: string): string | undefined {
  const own = folderOf(CORE, join(folder, "package.json"));
  if (own !== undefined) return own;
  const union = folderOf("@tensorflow/tfjs", join(folder, "package.json"));
  return union && folderOf(CORE, join(union, "package.json"));
}

/**
 * The copies of tfjs-core that mxgraft's backends would use. With more than one, tensors and kernels of one are unknown
 * to the other: npm dedupe helps.
 *
 * @param from  a file or folder of the project to look at, absolute; mxgraft's own when left out.
 */
export function tfjsCopies(from: string = import.meta.url): TfjsCopy[] {
  const copies = new Map<string, string[]>();
  for (const user of USERS) {
    const folder = folderOf(user, from);
    const core = folder && coreOf(folder);
    if (core === undefined) continue;
    copies.set(core, [...(copies.get(core) ?? []), user]);
  }
  return [...copies].map(([folder, usedBy]) => {
    const facts: { version?: unknown } = createRequire(from)(join(folder, "package.json"));
    return { version: String(facts.version), folder, usedBy };
  });
}
