import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { lastLines, runCommand } from "./run-command.ts";
import { SetupError } from "./setup-error.ts";

/** From `src` as from `dist` the package's folder `native` is three levels up. */
const SOURCE = fileURLToPath(new URL("../../../native/nvrtc/compile-ptx.cc", import.meta.url));

/** Volta, 2017: what the CUDA 12 libraries of TensorFlow's GPU wheel still know. PTX runs on every later GPU. */
const ARCHITECTURE = "compute_70";

/**
 * Compiles a CUDA file to PTX code with the NVRTC library that comes with TensorFlow's CUDA libraries, so that neither
 * a CUDA toolkit nor a GPU is needed.
 *
 * @param compiler  the C++ compiler, for the small program that calls NVRTC.
 * @param release   folder of a TensorFlow with its CUDA libraries.
 * @param folder    where to put the result.
 * @returns the file; `undefined` when the TensorFlow is one for processors, without NVRTC.
 * @throws SetupError  the file has errors.
 */
export async function compilePtx(
  cuda: string,
  compiler: string,
  release: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const library = join(release, "nvidia", "cuda_nvrtc", "lib", "libnvrtc.so.12");
  const program = join(folder, "compile-ptx");
  const ptx = join(folder, "kernel.ptx");
  const run = async (command: string, args: readonly string[]) => {
    const { status, output } = await runCommand(command, args, environment);
    if (status === 0) return;
    throw new SetupError(`"${cuda}" could not be compiled for GPUs; it says:\n${lastLines(output, 12)}`, {
      file: cuda,
      actual: status,
    });
  };
  if (
    !(await stat(library).then(
      () => true,
      () => false,
    ))
  )
    return undefined;
  await run(compiler, ["-std=c++17", "-O1", "-o", program, SOURCE, "-ldl"]);
  await run(program, [library, cuda, ARCHITECTURE, ptx]);
  await rm(program);
  return ptx;
}
