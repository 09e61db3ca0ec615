import "./register-all.ts";
import { installKernels } from "@mxgraft/operators-tfjs";
import { type BackendName, type BackendOptions, setBackend as selectBackend } from "@mxgraft/tfjs";

/**
 * Chooses where everything is computed from now on: `"tensorflow"`, `"webgpu"`, `"wasm"`, `"webgl"`, `"cpu"`, or
 * `"auto"` for the best that is there. Never falls back silently.
 *
 * @returns the backend that is in use now.
 * @throws BackendError  the name is unknown, or it is not there; the message says why, and which are.
 */
export async function setBackend(name: string, options?: BackendOptions): Promise<BackendName> {
  const chosen = await selectBackend(name, options);
  // Kernels of tfjs that are missing, wrong or slow can only be replaced once the backend is up.
  installKernels(chosen);
  return chosen;
}
