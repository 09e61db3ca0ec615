import type { WasmBackend } from "../wasm-kernel.ts";
import { addAddRows } from "./add-rows-code.ts";
import { addMaxPoolGradient } from "./max-pool-gradient-code.ts";
import { ModuleWriter } from "./module-writer.ts";
import { addPack, addProduct } from "./product-code.ts";
import { addTanh } from "./tanh-code.ts";
import { type WebAssemblyHost, webAssembly } from "./web-assembly.ts";

/** The parameters of `product`, which is described where it is written; places on the heap and distances in bytes. */
export interface Product {
  readonly a: number;
  readonly aLine: number;
  readonly aRow: number;
  readonly aSegment: number;
  readonly aStep: number;
  readonly b: number;
  readonly c: number;
  readonly cLine: number;
  readonly cRow: number;
  readonly width: number;
  readonly rows: number;
  readonly segments: number;
  readonly steps: number;
  readonly columns: number;
  readonly start: number;
  readonly adds: boolean;
  readonly relu: boolean;
}

/** The parameters of `pack`. */
export interface Packing {
  readonly from: number;
  readonly fromStep: number;
  readonly fromColumn: number;
  readonly steps: number;
  readonly columns: number;
  readonly to: number;
}

/** The parameters of `addRows`. */
export interface RowSums {
  readonly from: number;
  readonly rows: number;
  readonly columns: number;
  readonly rowBytes: number;
  readonly sums: number;
}

/** The parameters of `maxPoolGradient`. */
export interface PoolWindows {
  readonly x: number;
  readonly dy: number;
  readonly dx: number;
  readonly windows: number;
  readonly windowStep: number;
  readonly across: number;
  readonly down: number;
  readonly line: number;
  readonly channels: number;
}

/** Functions in WebAssembly, with vectors, on the heap of the backend. */
export interface HeapFunctions {
  /** Whether tfjs computes with threads, which these functions do not: what tfjs has of its own may then be faster. */
  readonly threaded: boolean;
  product(product: Product): void;
  pack(packing: Packing): void;
  tanh(from: number, to: number, count: number): void;
  addRows(sums: RowSums): void;
  maxPoolGradient(windows: PoolWindows): void;
}

/** The module for a memory of one's own, or one that threads share; undefined where there are no vectors. */
const modules = new Map<boolean, object | undefined>();

const instances = new WeakMap<object, HeapFunctions>();

function compile(host: WebAssemblyHost, shared: boolean): object | undefined {
  const writer = new ModuleWriter();
  for (const add of [addProduct, addPack, addTanh, addAddRows, addMaxPoolGradient]) add(writer);
  const bytes = writer.bytes(shared);
  if (!host.validate(bytes)) return undefined;
  try {
    return new host.Module(bytes);
  } catch (error) {
    // Older Chromium compiles no more than 4 KiB at once on a page's main thread.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function instantiate(host: WebAssemblyHost, module: object, memory: object, threaded: boolean): HeapFunctions {
  const { exports } = new host.Instance(module, { heap: { memory } });
  const exported = (name: Exclude<keyof HeapFunctions, "threaded">) => {
    const value = exports[name];
    if (typeof value !== "function") throw new Error(`internal: the vector module has no function ${name}`);
    return value;
  };
  const product = exported("product");
  const pack = exported("pack");
  const tanh = exported("tanh");
  const addRows = exported("addRows");
  const maxPoolGradient = exported("maxPoolGradient");
  return {
    threaded,
    product(p) {
      const { a, aLine, aRow, aSegment, aStep, b, c, cLine, cRow } = p;
      const { width, rows, segments, steps, columns, start, adds, relu } = p;
      product(
        a,
        aLine,
        aRow,
        aSegment,
        aStep,
        b,
        c,
        cLine,
        cRow,
        width,
        rows,
        segments,
        steps,
        columns,
        start,
        adds,
        relu,
      );
    },
    pack: (p) => pack(p.from, p.fromStep, p.fromColumn, p.steps, p.columns, p.to),
    tanh: (from, to, count) => tanh(from, to, count),
    addRows: (p) => addRows(p.from, p.rows, p.columns, p.rowBytes, p.sums),
    maxPoolGradient: (p) =>
      maxPoolGradient(p.x, p.dy, p.dx, p.windows, p.windowStep, p.across, p.down, p.line, p.channels),
  };
}

/** The functions for the heap of a backend; undefined where WebAssembly has no vectors, or tfjs shows no memory. */
export function heapFunctionsOf({ wasm }: WasmBackend): HeapFunctions | undefined {
  const memory = wasm.asm?.memory ?? wasm.wasmMemory;
  if (memory === undefined) return undefined;
  const known = instances.get(memory);
  if (known) return known;
  const host = webAssembly();
  const threaded = !(memory.buffer instanceof ArrayBuffer);
  if (!modules.has(threaded)) modules.set(threaded, compile(host, threaded));
  const module = modules.get(threaded);
  if (module === undefined) return undefined;
  const functions = instantiate(host, module, memory, threaded);
  instances.set(memory, functions);
  return functions;
}
