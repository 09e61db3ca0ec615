// The package has no types; whoever checks this file from another package needs to find ours.
/// <reference path="./node-api-headers.d.ts" />
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import nodeApiHeaders from "node-api-headers";
import type { NativeOperators } from "../find-native-operators.ts";
import { compilePtx } from "./compile-ptx.ts";
import { forEachAtOnce } from "./for-each-at-once.ts";
import { lastLines, runCommand } from "./run-command.ts";
import { SetupError } from "./setup-error.ts";

/**
 * The C++ compiler: `CXX` if it is set, else the first that answers.
 *
 * @throws SetupError  there is none.
 */
export async function findCompiler(environment: NodeJS.ProcessEnv): Promise<string> {
  const candidates = environment.CXX ? [environment.CXX] : ["g++", "c++", "clang++"];
  for (const command of candidates) {
    if ((await runCommand(command, ["--version"], environment)).status === 0) return command;
  }
  const tried = candidates.map((command) => `"${command}"`).join(", ");
  throw new SetupError(
    `A C++ compiler was not found; tried ${tried}${environment.CXX ? " (from the variable CXX)" : ""}. Install one ` +
      "(Debian, Ubuntu: apt install g++; Fedora: dnf install gcc-c++) and run the set-up again.",
    { actual: candidates },
  );
}

/** One addon for Node: what it is compiled from and which of TensorFlow's libraries it needs. */
export interface Addon {
  readonly name: string;
  readonly sources: readonly string[];
  readonly defines: readonly string[];
  readonly libraries: readonly string[];
  /** A CUDA file that goes into the addon as PTX code where TensorFlow is the one for GPUs. */
  readonly cuda?: string;
}

/** Of all packages in this repository, this one's folder `native`; from `src` as from `dist` it is three levels up. */
const NATIVE = fileURLToPath(new URL("../../../native/", import.meta.url));

/**
 * The addons that belong to the backend.
 *
 * @param tfjsNode  folder of tfjs-node-gpu, which ships its addon as source.
 */
export function backendAddons(tfjsNode: string): Addon[] {
  const binding = (file: string) => join(tfjsNode, "binding", file);
  return [
    {
      name: "tfjs_binding",
      sources: [binding("tfjs_backend.cc"), binding("tfjs_binding.cc")],
      defines: ["NODE_GYP_MODULE_NAME=tfjs_binding"],
      libraries: ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"],
    },
    { name: "captured_stderr", sources: [join(NATIVE, "captured-stderr.cc")], defines: [], libraries: [] },
  ];
}

/** What TensorFlow itself is compiled with, where it shows in the headers: `tensorflow.sysconfig.get_compile_flags()`. */
const TENSORFLOW_DEFINES = ["_GLIBCXX_USE_CXX11_ABI=1", "EIGEN_MAX_ALIGN_BYTES=64"];

/** The addon of a package's native operators. */
export function operatorsAddon({ name, folder, sources, cuda }: NativeOperators): Addon {
  const addon = {
    name,
    sources: sources.map((source) => join(folder, source)),
    defines: TENSORFLOW_DEFINES,
    libraries: ["libtensorflow_framework.so.2"],
  };
  return cuda === undefined ? addon : { ...addon, cuda: join(folder, cuda) };
}

// Version 8 of Node-API is in Node 14 and later, and the newest that tfjs-node-gpu looks for. All symbols are bound at
// load: with another library the load fails, instead of the process at the first use.
const FLAGS = ["-std=c++17", "-O2", "-fPIC", "-shared", "-w", "-DNAPI_VERSION=8", "-DBUILDING_NODE_EXTENSION"];
// Node unloads an addon with the last thread that loaded it, but TensorFlow keeps its operators; loaded once more, it
// would register them a second time, which ends the process. Hence nodelete.
const LINK_FLAGS = ["-Wl,-rpath,$ORIGIN/../../tensorflow", "-Wl,-z,now", "-Wl,-z,nodelete"];

/** Names a build by all that goes into it but TensorFlow, so that another source or another option is built anew. */
export async function recipeHash(addons: readonly Addon[]): Promise<string> {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([FLAGS, LINK_FLAGS, addons.map(({ defines, libraries }) => [defines, libraries])]));
  const folders = new Set(addons.flatMap(({ sources }) => sources.map((source) => join(source, ".."))));
  for (const folder of folders) {
    for (const name of (await readdir(folder, { recursive: true })).sort()) {
      const path = join(folder, name);
      if ((await stat(path)).isFile()) hash.update(name).update(await readFile(path));
    }
  }
  return hash.digest("hex").slice(0, 10);
}

/**
 * Compiles an addon, as many files at once as there are processors.
 *
 * @param release  folder of a TensorFlow, as the set-up unpacks it.
 * @param folder   where `NAME.node` is written; the libraries are found in `../../tensorflow` from there.
 * @throws SetupError  the compiler reports errors.
 */
export async function buildAddon(
  addon: Addon,
  compiler: string,
  release: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const tensorflow = join(release, "tensorflow");
  const ptx =
    addon.cuda === undefined ? undefined : await compilePtx(addon.cuda, compiler, release, folder, environment);
  const run = async (what: string, args: readonly string[], file: string) => {
    const result = await runCommand(compiler, [...FLAGS, ...args, "-o", file], environment);
    if (result.status === 0) return;
    throw new SetupError(`"${compiler}" could not ${what}; it says:\n${lastLines(result.output, 12)}`, {
      file,
      actual: result.status,
    });
  };
  const options = [
    ...addon.defines.map((define) => `-D${define}`),
    ...(ptx === undefined ? [] : [`-DMXGRAFT_PTX="${ptx}"`]),
    ...["-I", nodeApiHeaders.include_dir, "-I", join(tensorflow, "include")],
  ];
  const objects = join(folder, `${addon.name}.objects`);
  await mkdir(objects);
  // Files of several folders may have the same name.
  const objectOf = (index: number) => join(objects, `${index}.o`);
  await forEachAtOnce(addon.sources, availableParallelism(), (source, index) =>
    run(`compile "${source}" of the addon "${addon.name}"`, [...options, "-c", source], objectOf(index)),
  );
  const libraries = [`-L${tensorflow}`, ...addon.libraries.map((library) => `-l:${library}`)];
  await run(
    `link the addon "${addon.name}"`,
    [...addon.sources.map((_, index) => objectOf(index)), ...libraries, ...LINK_FLAGS],
    join(folder, `${addon.name}.node`),
  );
  await rm(objects, { recursive: true });
}
