import { Random } from "@mxgraft/base";
import { setBackend } from "@mxgraft/tfjs";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { heapFunctionsOf, type Product } from "../../../src/wasm/vector/heap-functions.ts";
import { webAssembly } from "../../../src/wasm/vector/web-assembly.ts";
import type { HeapMemory, WasmBackend } from "../../../src/wasm/wasm-kernel.ts";
import { newMemory } from "../new-memory.ts";
import { wasmBackend } from "../wasm-backend.ts";

/** A backend without tfjs, with nothing but a memory. */
function backendOn(memory: HeapMemory | undefined): WasmBackend {
  const none = () => {
    throw new Error("not called");
  };
  return { makeOutput: none, typedArrayFromHeap: none, disposeData: none, wasm: { asm: memory ? { memory } : {} } };
}

/** The functions on a heap of random numbers, and the heap. */
function heapOfNumbers() {
  const memory = newMemory(4);
  const heap = heapFunctionsOf(backendOn(memory));
  if (heap === undefined) throw new Error("there are no vectors here");
  const numbers = new Float32Array(memory.buffer);
  const random = new Random(3);
  for (let i = 0; i < numbers.length; i++) numbers[i] = random.normal();
  return { heap, numbers };
}

const [A, B, PACKED, C, START] = [4, 20000, 80000, 160000, 200000];

/** What `product` is to write, by its definition; b is a matrix (segments steps, columns) in rows. */
function expectedProduct(numbers: Float32Array, p: Product): Map<number, number> {
  const at = (address: number) => numbers[address / 4] ?? Number.NaN;
  const sums = new Map<number, number>();
  for (let row = 0; row < p.rows; row++) {
    const [line, column] = [Math.floor(row / p.width), row % p.width];
    for (let o = 0; o < p.columns; o++) {
      const to = p.c + line * p.cLine + column * p.cRow + 4 * o;
      let sum = (p.adds ? (sums.get(to) ?? at(to)) : 0) + (p.start ? at(p.start + 4 * o) : 0);
      for (let s = 0; s < p.segments; s++) {
        for (let k = 0; k < p.steps; k++) {
          const left = at(p.a + line * p.aLine + column * p.aRow + s * p.aSegment + k * p.aStep);
          sum += left * at(B + 4 * ((s * p.steps + k) * p.columns + o));
        }
      }
      sums.set(to, p.relu ? Math.max(sum, 0) : sum);
    }
  }
  return sums;
}

describe("product", () => {
  const forms = [
    { name: "stored", adds: false, relu: false, start: 0 },
    { name: "stored, from a row on, not below 0", adds: false, relu: true, start: START },
    { name: "added", adds: true, relu: false, start: 0 },
  ];
  const counts = [1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 22];
  const cases = forms.flatMap((form) => counts.map((columns) => ({ ...form, columns })));

  test.for(cases)("of $columns columns, $name", ({ adds, relu, start, columns }) => {
    for (const rows of [1, 2, 3, 4, 6, 11]) {
      const { heap, numbers } = heapOfNumbers();
      const product = {
        ...{ a: A, aLine: 400, aRow: 12, aSegment: 76, aStep: 8 },
        ...{ b: PACKED, c: C, cLine: 5 * columns * 4 + 16, cRow: columns * 4 },
        ...{ width: 5, rows, segments: 3, steps: 4, columns, start, adds, relu },
      };
      const want = expectedProduct(numbers, product);
      const before = numbers.slice();
      heap.pack({ from: B, fromStep: columns * 4, fromColumn: 4, steps: 12, columns, to: PACKED });
      heap.product(product);
      for (const [to, value] of want) expect(numbers[to / 4]).toBeCloseTo(value, 4);
      // Nothing else behind the factors has changed.
      const changed = [...numbers.keys()].filter((i) => i >= C / 4 && numbers[i] !== before[i] && !want.has(4 * i));
      expect(changed).toEqual([]);
    }
  });

  test("rows that overlap are added up", () => {
    const { heap, numbers } = heapOfNumbers();
    const product = {
      ...{ a: A, aLine: 0, aRow: 8, aSegment: 0, aStep: 4 },
      ...{ b: PACKED, c: C, cLine: 0, cRow: 8 },
      ...{ width: 9, rows: 9, segments: 1, steps: 2, columns: 7, start: 0, adds: true, relu: false },
    };
    const want = expectedProduct(numbers, product);
    heap.pack({ from: B, fromStep: 28, fromColumn: 4, steps: 2, columns: 7, to: PACKED });
    heap.product(product);
    for (const [to, value] of want) expect(numbers[to / 4]).toBeCloseTo(value, 4);
  });
});

test("pack takes a matrix in any order, and fills panels up with zeros", () => {
  const { heap, numbers } = heapOfNumbers();
  // (2, 10), a panel of eight columns and one of four.
  const matrix = Array.from({ length: 20 }, (_, i) => i + 1);
  const want = [...[1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18], ...[9, 10, 0, 0, 19, 20, 0, 0]];
  numbers.set(matrix, B / 4);
  heap.pack({ from: B, fromStep: 40, fromColumn: 4, steps: 2, columns: 10, to: PACKED });
  expect([...numbers.subarray(PACKED / 4, PACKED / 4 + 24)]).toEqual(want);
  const transposed = Array.from({ length: 20 }, (_, i) => matrix[(i % 2) * 10 + Math.floor(i / 2)] ?? 0);
  numbers.set(transposed, B / 4);
  numbers.fill(-1, PACKED / 4, PACKED / 4 + 24);
  heap.pack({ from: B, fromStep: 4, fromColumn: 8, steps: 2, columns: 10, to: PACKED });
  expect([...numbers.subarray(PACKED / 4, PACKED / 4 + 24)]).toEqual(want);
});

describe("heapFunctionsOf", () => {
  beforeAll(() => setBackend("wasm"));
  beforeEach(() => vi.resetModules());

  test("finds the heap of tfjs, and makes its functions once", () => {
    const functions = heapFunctionsOf(wasmBackend());
    expect(functions).toBeDefined();
    expect(heapFunctionsOf(wasmBackend())).toBe(functions);
  });

  test("has none where the module of tfjs does not show its memory", () => {
    expect(heapFunctionsOf(backendOn(undefined))).toBeUndefined();
    expect(heapFunctionsOf({ ...backendOn(undefined), wasm: {} })).toBeUndefined();
  });

  test("works on a memory that threads share, and says so", () => {
    const memory = newMemory(1, { shared: true });
    const functions = heapFunctionsOf({ ...backendOn(undefined), wasm: { asm: {}, wasmMemory: memory } });
    expect(functions?.threaded).toBe(true);
    const numbers = new Float32Array(memory.buffer);
    numbers.set([0.5, -1, 100]);
    functions?.tanh(0, 64, 3);
    expect(numbers[16]).toBeCloseTo(Math.tanh(0.5), 6);
    expect(numbers[17]).toBeCloseTo(Math.tanh(-1), 6);
    expect(numbers[18]).toBe(1);
  });

  test("has none where WebAssembly knows no vectors", async () => {
    const validate = vi.spyOn(webAssembly(), "validate").mockReturnValue(false);
    const fresh = await import("../../../src/wasm/vector/heap-functions.ts");
    expect(fresh.heapFunctionsOf(backendOn(newMemory(1)))).toBeUndefined();
    validate.mockRestore();
  });

  test("has none where a page may not compile that much at once", async () => {
    const compile = vi.spyOn(webAssembly(), "Module").mockImplementation(function refuse() {
      throw new RangeError(
        "WebAssembly.Compile is disallowed on the main thread, if the buffer size is larger than 4KB.",
      );
    });
    const fresh = await import("../../../src/wasm/vector/heap-functions.ts");
    expect(fresh.heapFunctionsOf(backendOn(newMemory(1)))).toBeUndefined();
    compile.mockRestore();
  });
});
