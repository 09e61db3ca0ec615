import { statSync } from "node:fs";
import nodeModule, { createRequire } from "node:module";
import { isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { MxgraftError, UsageError } from "@mxgraft/base";
import { customOperators, operators, type Plugin } from "@mxgraft/operator";
import { type KernelTable, registerPlugin } from "@mxgraft/tfjs";

/**
 * Loads a plug-in, a file (TypeScript too) or a package, and registers what it exports by default: a `Plugin`. A module
 * without such an export that registers operators itself will do as well.
 *
 * @param which  a path from the current folder, or the name of a package that is installed there.
 * @throws UsageError     there is no such module, it fails, or it brings no operators.
 * @throws RegistryError  one of its names is taken.
 */
export async function loadPlugin(which: string): Promise<void> {
  const before = operators.names().length + customOperators.names().length;
  const module = await importModule(which);
  const plugin = "default" in module ? module.default : undefined;
  if (isPlugin(plugin)) {
    registerPlugin(plugin);
    return;
  }
  if (operators.names().length + customOperators.names().length > before) return;
  throw new UsageError(
    `Plug-in "${which}" brings no operators. Expected a default export such as { name: "my-ops", customOperators: { my_op: MyProp } }, or calls of register().`,
    { file: which },
  );
}

async function importModule(which: string): Promise<object> {
  const file = fileOf(which);
  try {
    await prepareImports();
    const module: object = await import(file === undefined ? which : pathToFileURL(file).href);
    return module;
  } catch (cause) {
    if (cause instanceof MxgraftError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const absent = file === undefined && reason.includes(`Cannot find package '${which}'`);
    const message = absent
      ? `Plug-in "${which}": there is no such file, and no package of that name is installed. Check the path, or install it.`
      : `Plug-in "${which}" cannot be loaded: ${reason}`;
    throw new UsageError(message, { file: which }, { cause });
  }
}

/**
 * "mxgraft" is this copy for every plug-in, wherever it lies. Node takes a `.ts` file beside no package.json that says
 * otherwise for CommonJS, which cannot import ES modules like ours.
 */
const hook = `export async function resolve(specifier, context, nextResolve) {
  const ours = specifier === "mxgraft" || specifier.startsWith("mxgraft/");
  const found = await nextResolve(specifier, ours ? { ...context, parentURL: ${JSON.stringify(import.meta.url)} } : context);
  const script = /\\.tsx?($|\\?)/.test(found.url) && /^commonjs/.test(found.format ?? "commonjs");
  return script ? { ...found, format: "module" } : found;
}`;

let prepared = false;

async function prepareImports(): Promise<void> {
  if (prepared) return;
  prepared = true;
  // The sources run under tsx already; a build does not know TypeScript.
  if (!process.env.MXGRAFT_SOURCE) (await import("tsx/esm/api")).register({ tsconfig: false });
  nodeModule.register(`data:text/javascript,${encodeURIComponent(hook)}`);
}

/** The file that a plug-in stands for; `undefined` for a package that only we may know. */
function fileOf(which: string): string | undefined {
  const path = resolve(which);
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) return path;
  if (which.startsWith(".") || isAbsolute(which)) {
    throw new UsageError(`Plug-in "${which}": there is no such file. Check the path.`, { file: which });
  }
  try {
    return createRequire(join(process.cwd(), "plugin.js")).resolve(which);
  } catch {
    return undefined;
  }
}

function isPlugin(value: unknown): value is Plugin<KernelTable> {
  if (typeof value !== "object" || value === null || !("name" in value) || typeof value.name !== "string") return false;
  return "operators" in value || "customOperators" in value || "kernels" in value;
}
