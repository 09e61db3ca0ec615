import { FormatError } from "@mxgraft/base";
import { describe, expect, test } from "vitest";
import { attackReader } from "../fuzz/attack-reader.ts";
import { judge } from "../fuzz/judge.ts";
import { exhaustiveInputs } from "../fuzz/mutated-inputs.ts";
import { type Reader, readers } from "../fuzz/readers.ts";

// `npm run fuzz` does the same with 100,000 inputs, in a thread that can be stopped.
describe("a few hundred hostile inputs each:", () => {
  test.for(Object.entries(readers))("%s reads or refuses them, and says where", ([name, make]) => {
    const { count, read, refused, faults } = attackReader(name, make(), { inputs: 400, seed: 20_260 });
    // Times are left to the tool: a test must not depend on how busy the machine is.
    expect(faults.filter(({ fault }) => !/^it takes \d+ ms$/.test(fault))).toEqual([]);
    expect(count).toBeGreaterThanOrEqual(400);
    expect(read).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(100);
  });
});

describe("what is judged a fault:", () => {
  const input = Uint8Array.of(1, 2, 3);
  const reader = (read: Reader["read"]): Reader => ({ seeds: [input], crafted: [], read });
  const fail = (error: unknown) => () => {
    throw error;
  };

  const cases: readonly { name: string; read: Reader["read"]; fault: RegExp | undefined }[] = [
    { name: "nothing, when it reads", read: () => 3, fault: undefined },
    { name: "nothing, when it says where", read: fail(new FormatError("no", { byte: 2 })), fault: undefined },
    { name: "an error of JavaScript", read: fail(new RangeError("Invalid array length")), fault: /^RangeError: / },
    {
      name: "an error without a place",
      read: fail(new FormatError("bad file")),
      fault: /does not say where: bad file/,
    },
    { name: "something that is no error", read: fail("no"), fault: /it throws no/ },
    { name: "more memory than the file deserves", read: () => 2 ** 21, fault: /take 2097152 bytes, the file 3/ },
    { name: "a changed file", read: (bytes) => bytes.fill(0).length, fault: /changed the file/ },
  ];
  test.for(cases)("$name", ({ read, fault }) => {
    const found = judge(reader(read), input).fault;
    if (fault === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(fault);
  });

  test("a good file that is refused, and the smallest input of a fault among many", () => {
    const refusing = attackReader("r", reader(fail(new FormatError("no", { byte: 0 }))), { inputs: 1, seed: 1 });
    expect(refusing.faults).toEqual([{ fault: "a good file is refused", input }]);
    const long = reader((bytes) => {
      if (bytes.length > 5) throw new TypeError("too long");
      return 0;
    });
    const { faults } = attackReader("l", long, { inputs: 300, seed: 1 });
    expect(faults[0]?.fault).toContain("TypeError: too long");
    expect(Math.min(...faults.map(({ input: { length } }) => length))).toBeLessThan(10);
  });
});

test("a good file is cut at every offset, and each byte changed", () => {
  const inputs = [...exhaustiveInputs(Uint8Array.of(1, 2))];
  expect(inputs.map((input) => [...input])).toEqual([
    ...[[], [129, 2], [0, 2], [255, 2]],
    ...[[1], [1, 130], [1, 3], [1, 255]],
  ]);
});
