import { createRequire } from "node:module";
import { loadNativeOperators } from "../tensorflow/load-native-operators.ts";
import { loadSession } from "../tensorflow/load-session.ts";
import { loadTensorflow, probeTensorflow } from "../tensorflow/load-tensorflow.ts";
import type { BackendHost } from "./backend-host.ts";
import { probeAdapter } from "./webgpu-adapter.ts";

const require = createRequire(import.meta.url);
const WEBGPU_BACKEND = "@tensorflow/tfjs-backend-webgpu";
/** Node has no WebGPU of its own; this package brings Dawn, Chromium's. */
const DAWN = "webgpu";

function isInstalled(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

let dawnLoaded = false;

/** Puts Dawn where tfjs and others expect a browser's WebGPU. */
async function installDawn(): Promise<void> {
  if (dawnLoaded) return;
  // Optional packages are imported by a name that type checkers and bundlers do not look into.
  const dawn: { create(flags: string[]): unknown; globals: object } = await import(DAWN);
  Object.assign(globalThis, dawn.globals);
  const gpu = dawn.create([]);
  // Node 20 has no navigator at all, and tfjs reads its user agent.
  const navigator: unknown = Reflect.get(globalThis, "navigator");
  if (typeof navigator === "object" && navigator !== null) {
    Object.defineProperty(navigator, "gpu", { value: gpu, configurable: true });
  } else {
    Object.defineProperty(globalThis, "navigator", { value: { gpu, userAgent: "node" }, configurable: true });
  }
  dawnLoaded = true;
}

/** Backends in Node. */
export const host: BackendHost = {
  preference: ["tensorflow", "webgpu", "wasm", "cpu"],
  async probe(name) {
    switch (name) {
      case "tensorflow":
        return probeTensorflow();
      case "webgpu": {
        const missing = [WEBGPU_BACKEND, DAWN].filter((part) => !isInstalled(part));
        if (missing.length > 0) {
          return { available: false, reason: `not installed: run "npm install ${missing.join(" ")}"` };
        }
        await installDawn();
        const found = await probeAdapter();
        if (found.available || process.platform !== "linux") return found;
        return {
          available: false,
          reason: `${found.reason}; WebGPU needs a Vulkan driver and its loader (libvulkan1)`,
        };
      }
      case "webgl":
        return { available: false, reason: "it needs a browser" };
      case "wasm":
      case "cpu":
        return { available: true };
      default:
        return name satisfies never;
    }
  },
  async load(name, { threads }) {
    if (name === "tensorflow") loadTensorflow(threads);
    else if (name === "webgpu") await import(WEBGPU_BACKEND);
    else if (name === "wasm") await import("@tensorflow/tfjs-backend-wasm");
  },
  loadNativeOperators,
  loadSession,
};
