import type { Probe } from "./backend-host.ts";

// The few members that are used; TypeScript's DOM types are not part of this build.
interface AdapterInfo {
  readonly vendor?: string;
  readonly architecture?: string;
  readonly description?: string;
}
interface Adapter {
  readonly info?: AdapterInfo;
  readonly isFallbackAdapter?: boolean;
}
interface Gpu {
  requestAdapter(): Promise<Adapter | null>;
}

function gpuOf(holder: unknown): Gpu | undefined {
  if (typeof holder !== "object" || holder === null || !("gpu" in holder)) return undefined;
  const { gpu } = holder;
  if (typeof gpu !== "object" || gpu === null || !("requestAdapter" in gpu)) return undefined;
  // `navigator.gpu` by the WebGPU specification, which knows no other object of this shape.
  return typeof gpu.requestAdapter === "function" ? (gpu as Gpu) : undefined;
}

/** Names under which drivers that compute on the processor report themselves. */
const SOFTWARE = ["swiftshader", "llvmpipe", "lavapipe", "basic render"];

/** Whether `navigator.gpu` gives an adapter, and which; one that is only software counts as slow. */
export async function probeAdapter(): Promise<Probe> {
  const gpu = gpuOf(Reflect.get(globalThis, "navigator"));
  if (gpu === undefined) return { available: false, reason: "there is no WebGPU here (no navigator.gpu)" };
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (adapter === null) return { available: false, reason: "no graphics adapter was found" };
  const { vendor = "", architecture = "", description = "" } = adapter.info ?? {};
  const detail = [description || vendor, architecture].filter((word) => word !== "").join(", ") || "unnamed adapter";
  const lower = `${vendor} ${architecture} ${description}`.toLowerCase();
  const software = adapter.isFallbackAdapter === true || SOFTWARE.some((word) => lower.includes(word));
  return software ? { available: true, detail: `${detail} (software)`, slow: true } : { available: true, detail };
}
