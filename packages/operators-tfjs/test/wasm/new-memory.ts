import { webAssembly } from "../../src/wasm/vector/web-assembly.ts";
import type { HeapMemory } from "../../src/wasm/wasm-kernel.ts";

/** A memory of WebAssembly, of 64 KiB a page. */
export function newMemory(pages: number, options: { shared?: boolean } = {}): HeapMemory {
  const Memory: unknown = Reflect.get(webAssembly(), "Memory");
  if (typeof Memory !== "function") throw new Error("WebAssembly has no Memory");
  return Reflect.construct(Memory, [{ initial: pages, maximum: pages, ...options }]);
}
