import * as tf from "@tensorflow/tfjs";
import type { WasmBackend } from "../../src/wasm/wasm-kernel.ts";

/** What tests look at, besides. */
interface TestedBackend extends WasmBackend {
  readonly wasm: WasmBackend["wasm"] & { readonly HEAPU8: Uint8Array };
}

/** The backend "wasm", which is to be the current one. */
export function wasmBackend(): TestedBackend {
  const backend: unknown = tf.backend();
  if (tf.getBackend() !== "wasm") throw new Error(`the backend is "${tf.getBackend()}", not "wasm"`);
  return backend as TestedBackend;
}
