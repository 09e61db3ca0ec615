import { expect, test } from "vitest";
import { i32, repeat, unsigned, v128, when } from "../../../src/wasm/vector/instructions.ts";
import { ModuleWriter } from "../../../src/wasm/vector/module-writer.ts";
import { webAssembly } from "../../../src/wasm/vector/web-assembly.ts";
import { newMemory } from "../new-memory.ts";

/** The functions of a module, and the words of the memory that they work on. */
function instantiated(writer: ModuleWriter) {
  const { Module, Instance } = webAssembly();
  const memory = newMemory(1);
  const { exports } = new Instance(new Module(writer.bytes()), { heap: { memory } });
  const run = (name: string, ...given: number[]) => {
    const value = exports[name];
    if (typeof value !== "function") throw new Error(`no function ${name}`);
    value(...given);
  };
  return { run, words: new Int32Array(memory.buffer) };
}

test.for([
  // The examples of the DWARF standard, section 7.6.
  { value: 2, bytes: [2] },
  { value: 127, bytes: [127] },
  { value: 128, bytes: [0x80, 1] },
  { value: 129, bytes: [0x81, 1] },
  { value: 12857, bytes: [0xb9, 0x64] },
  { value: 2 ** 32 - 1, bytes: [0xff, 0xff, 0xff, 0xff, 0x0f] },
])("$value is $bytes in LEB128", ({ value, bytes }) => {
  expect(unsigned(value)).toEqual(bytes);
});

test("a module without functions is what the specification says", () => {
  expect([...new ModuleWriter().bytes()]).toEqual([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[1, 1, 0],
    ...[2, 16, 1, 4, ...Buffer.from("heap"), 6, ...Buffer.from("memory"), 2, 0, 0],
    ...[3, 1, 0],
    ...[7, 1, 0],
    ...[10, 1, 0],
  ]);
});

test.for([0, 1, -1, 63, 64, -64, -65, 8191, 8192, -8193, 2 ** 31 - 1, -(2 ** 31)])(
  "writes the constant %d",
  (value) => {
    const writer = new ModuleWriter();
    writer.add("store", ["to"], (p) => i32.store(p.to.get, i32.const(value), 4));
    const { run, words } = instantiated(writer);
    run("store", 8);
    expect(words[3]).toBe(value);
  },
);

test("functions have loops, conditions and variables of their own", () => {
  const writer = new ModuleWriter();
  // The sum of the odd numbers up to one.
  writer.add("sumOdd", ["to", "last"], (p, local) => {
    const [sum, one] = [local("i32"), local("i32")];
    return [
      repeat(
        [one.add(i32.const(1)), when(i32.and(one.get, i32.const(1)), sum.add(one.get), [])],
        i32.ne(one.get, p.last.get),
      ),
      i32.store(p.to.get, sum.get),
    ];
  });
  writer.add("negative", ["to"], (p) => i32.store(p.to.get, i32.sub(i32.const(0), i32.load(p.to.get))));
  const { run, words } = instantiated(writer);
  run("sumOdd", 0, 9);
  expect(words[0]).toBe(25);
  run("negative", 0);
  expect(words[0]).toBe(-25);
});

test("shuffles lanes of two vectors", () => {
  const writer = new ModuleWriter();
  writer.add("shuffle", ["a", "b", "to"], (p) =>
    v128.store(p.to.get, v128.shuffle(v128.load(p.a.get), v128.load(p.b.get), [3, 4, 0, 7])),
  );
  const { run, words } = instantiated(writer);
  words.set([10, 11, 12, 13, 20, 21, 22, 23]);
  run("shuffle", 0, 16, 32);
  expect([...words.subarray(8, 12)]).toEqual([13, 20, 10, 23]);
});
