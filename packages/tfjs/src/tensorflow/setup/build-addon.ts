import { join } from "node:path";
import nodeApiHeaders from "node-api-headers";
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

/**
 * Compiles the addon that tfjs-node-gpu ships as source.
 *
 * @param sources     folder of tfjs-node-gpu.
 * @param tensorflow  folder with libtensorflow_cc, libtensorflow_framework and their headers.
 * @param target      the file to write; it finds the libraries in `../../tensorflow` from its own folder.
 * @throws SetupError  the compiler reports errors.
 */
export async function buildAddon(
  compiler: string,
  sources: string,
  tensorflow: string,
  target: string,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const args = ["-std=c++17", "-O2", "-fPIC", "-shared", "-w"];
  // Node 14 and later have version 8, the newest that tfjs-node-gpu looks for.
  args.push("-DNAPI_VERSION=8", "-DNODE_GYP_MODULE_NAME=tfjs_binding", "-DBUILDING_NODE_EXTENSION");
  args.push("-I", nodeApiHeaders.include_dir, "-I", join(tensorflow, "include"));
  args.push(join(sources, "binding", "tfjs_backend.cc"), join(sources, "binding", "tfjs_binding.cc"));
  args.push("-L", tensorflow, "-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2");
  // All symbols are bound at load: with another library the load fails, instead of the process at the first use.
  args.push("-Wl,-rpath,$ORIGIN/../../tensorflow", "-Wl,-z,now", "-o", target);
  const result = await runCommand(compiler, args, environment);
  if (result.status !== 0) {
    throw new SetupError(
      `"${compiler}" could not compile the addon of tfjs-node-gpu; it says:\n${lastLines(result.output, 12)}`,
      { file: target, actual: result.status },
    );
  }
}
