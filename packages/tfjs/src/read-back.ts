import * as tf from "@tensorflow/tfjs";
import { loadedTfjsNodeBackend } from "./tensorflow/tfjs-node-backend.ts";

/**
 * What reading a tensor takes on the current backend: nothing where it lies in memory that JavaScript reads, a wait for
 * the device where it does not, and a promise where that is the only way to the values.
 */
export function readBack(): "free" | "waits" | "promise" {
  switch (tf.getBackend()) {
    case "webgpu":
      return "promise";
    case "webgl":
      return "waits";
    case "tensorflow":
      return loadedTfjsNodeBackend()?.binding.isUsingGpuDevice() ? "waits" : "free";
    default:
      return "free";
  }
}
