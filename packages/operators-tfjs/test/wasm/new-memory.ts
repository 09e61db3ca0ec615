import { webAssembly } from "../../src/wasm/vector/web-assembly.ts";

/** A memory of WebAssembly, of 64 KiB a page. */
export function newMemory(pages: number, options: { shared?: boolean } = {}): { readonly buffer: ArrayBuffer } {
  const Memory: unknown = Reflect.get(webAssembly(), "Memory");
  if (typeof Memory !== "function") throw new Error("WebAssembly has no Memory");
  return Reflect.construct(Memory, [{ initial: pages, maximum: pages, ...options }]);
}
