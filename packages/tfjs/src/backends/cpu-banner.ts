import * as tf from "@tensorflow/tfjs";

/**
 * Keeps tfjs's cpu backend from printing its advertisement ("Hi, looks like you are running TensorFlow.js in
 * Node.js ...") the first time it holds a tensor.
 */
export function silenceCpuBanner(): void {
  const cpu: unknown = tf.getBackend() === "cpu" ? tf.backend() : undefined;
  // `firstUse` of MathBackendCPU is private to TypeScript; nothing else reads it.
  if (typeof cpu === "object" && cpu !== null && "firstUse" in cpu) cpu.firstUse = false;
}
