import * as tf from "@tensorflow/tfjs";
import { setBackend } from "mxgraft";
import type { PageBackend } from "../protocol/backend-choice.ts";

/** What has to be loaded before tfjs knows a backend; each is a file of its own, loaded when it is chosen first. */
const LOADERS: { readonly [B in PageBackend]: () => Promise<void> } = {
  async wasm() {
    const [{ setWasmPaths }, simd, plain] = await Promise.all([
      import("@tensorflow/tfjs-backend-wasm"),
      import("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url"),
      import("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url"),
    ]);
    // Threads would need a page that is isolated from other origins, which takes headers that a static server lacks.
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
    setWasmPaths({
      "tfjs-backend-wasm.wasm": plain.default,
      "tfjs-backend-wasm-simd.wasm": simd.default,
      // All three have to be named; without threads this one is never read.
      "tfjs-backend-wasm-threaded-simd.wasm": simd.default,
    });
  },
  async webgl() {
    await import("@tensorflow/tfjs-backend-webgl");
  },
  async webgpu() {
    await import("@tensorflow/tfjs-backend-webgpu");
  },
  async cpu() {
    await import("@tensorflow/tfjs-backend-cpu");
  },
};

/**
 * Loads a backend if need be and makes it the current one.
 *
 * @throws BackendError  it does not start here; says why.
 */
export async function loadBackend(name: PageBackend): Promise<void> {
  if (!tf.findBackendFactory(name)) await LOADERS[name]();
  if (tf.getBackend() !== name) await setBackend(name);
}
