import type { BackendChoice, PageBackend } from "../protocol/backend-choice.ts";

// The few members that are used; TypeScript's DOM types have no WebGPU.
interface Adapter {
  readonly info?: { readonly vendor?: string; readonly architecture?: string; readonly description?: string };
  readonly isFallbackAdapter?: boolean;
}
interface Gpu {
  requestAdapter(): Promise<Adapter | null>;
}

function hasAdapters(gpu: unknown): gpu is Gpu {
  return typeof gpu === "object" && gpu !== null && "requestAdapter" in gpu && typeof gpu.requestAdapter === "function";
}

async function probeWebgpu(): Promise<BackendChoice> {
  const absent = (detail: string): BackendChoice => ({ name: "webgpu", available: false, detail });
  const gpu: unknown = Reflect.get(navigator, "gpu");
  if (!hasAdapters(gpu)) {
    return absent(isSecureContext ? "This browser has no WebGPU." : "WebGPU needs a page that comes over https.");
  }
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (adapter === null) return absent("The browser finds no graphics adapter for WebGPU.");
  const { vendor = "", architecture = "", description = "" } = adapter.info ?? {};
  const words = [description || vendor, architecture].filter((word) => word !== "").join(", ") || "Graphics card";
  return { name: "webgpu", available: true, detail: words };
}

function probeWebgl(): BackendChoice {
  const absent = (detail: string): BackendChoice => ({ name: "webgl", available: false, detail });
  if (typeof OffscreenCanvas === "undefined") return absent("This browser gives workers no canvas to compute with.");
  const context = new OffscreenCanvas(1, 1).getContext("webgl2");
  if (context === null) return absent("This browser gives no WebGL 2 context.");
  const facts = context.getExtension("WEBGL_debug_renderer_info");
  const renderer: unknown = facts && context.getParameter(facts.UNMASKED_RENDERER_WEBGL);
  // Browsers keep few contexts alive; this one has done its duty.
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return { name: "webgl", available: true, detail: isSoftware(renderer) ? "Without a graphics card" : "Graphics card" };
}

function isSoftware(renderer: unknown): boolean {
  return typeof renderer === "string" && /swiftshader|llvmpipe|software|basic render/i.test(renderer);
}

function probeWasm(): BackendChoice {
  return typeof WebAssembly === "object"
    ? { name: "wasm", available: true, detail: "Processor, WebAssembly" }
    : { name: "wasm", available: false, detail: "This browser has no WebAssembly." };
}

/** Which backends this browser has, without loading any. One may still fail to start. */
export async function probeBackends(): Promise<BackendChoice[]> {
  const probes: { readonly [B in PageBackend]: BackendChoice | Promise<BackendChoice> } = {
    wasm: probeWasm(),
    webgl: probeWebgl(),
    webgpu: probeWebgpu(),
    cpu: { name: "cpu", available: true, detail: "Processor, plain JavaScript" },
  };
  return Promise.all([probes.wasm, probes.webgl, probes.webgpu, probes.cpu]);
}
