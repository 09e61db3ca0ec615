import { BackendError } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import type { BackendHost } from "./backend-host.ts";
import { probeAdapter } from "./webgpu-adapter.ts";

/** Backends in a browser: tfjs brings webgl and cpu, a page that wants webgpu imports its package. */
export const host: BackendHost = {
  preference: ["webgpu", "webgl", "wasm", "cpu"],
  async probe(name) {
    switch (name) {
      case "tensorflow":
        return { available: false, reason: "it is a native library: it needs Node" };
      case "webgpu":
        if (!tf.findBackendFactory("webgpu")) {
          return { available: false, reason: 'the page does not import "@tensorflow/tfjs-backend-webgpu"' };
        }
        return probeAdapter();
      case "webgl": {
        const found = tf.findBackendFactory("webgl") && tf.env().getNumber("WEBGL_VERSION") > 0;
        return found ? { available: true } : { available: false, reason: "this browser gives no WebGL context" };
      }
      case "wasm":
        return "WebAssembly" in globalThis
          ? { available: true }
          : { available: false, reason: "this browser has no WebAssembly" };
      case "cpu":
        return { available: true };
      default:
        return name satisfies never;
    }
  },
  async load(name, { threads }) {
    if (name !== "wasm") return;
    const wasm = await import("@tensorflow/tfjs-backend-wasm");
    if (threads !== undefined) wasm.setThreadsCount(threads);
  },
  loadNativeOperators: () => ({ available: false, reason: "native operators need Node" }),
  loadSession: () => {
    throw new BackendError("Sessions of TensorFlow need Node.");
  },
};
