import type { Shape } from "@mxgraft/base";
import { inferGraphShapes, type Symbol as MxSymbol } from "@mxgraft/symbol";
import { expect, test } from "vitest";
import { multiplyAdds } from "../src/model/multiply-adds.ts";
import { sym } from "../src/sym.ts";

const [a, b] = [sym.variable("a"), sym.variable("b")];

const cases: readonly { name: string; symbol: MxSymbol; shapes: Record<string, Shape>; expected: number }[] = [
  {
    name: "a convolution in groups: 8 x 3 x 3 outputs of 2 x 3 x 3 weights",
    symbol: sym.Convolution({ data: a, kernel: [3, 3], num_filter: 8, num_group: 2 }),
    shapes: { a: [1, 4, 5, 5] },
    expected: 1296,
  },
  {
    name: "Deconvolution: 3 x 2 x 2 inputs into 4 x 3 x 3 weights",
    symbol: sym.Deconvolution({ data: a, kernel: [3, 3], num_filter: 4 }),
    shapes: { a: [1, 3, 2, 2] },
    expected: 432,
  },
  {
    name: "FullyConnected on the last axis: 2 x 3 x 5 outputs of 4",
    symbol: sym.FullyConnected({ data: a, num_hidden: 5, flatten: false }),
    shapes: { a: [2, 3, 4] },
    expected: 120,
  },
  {
    name: "dot: 3 x 5 outputs of 4",
    symbol: sym.dot({ lhs: a, rhs: b, transpose_b: true }),
    shapes: { a: [3, 4], b: [5, 4] },
    expected: 60,
  },
  {
    name: "batch_dot: 2 x 3 x 5 outputs of 4",
    symbol: sym.batch_dot({ lhs: a, rhs: b }),
    shapes: { a: [2, 3, 4], b: [2, 4, 5] },
    expected: 120,
  },
  {
    name: "an LSTM: 3 steps, batch 2, 4 gates of 5 units with 4 inputs and 5 states",
    symbol: sym.RNN({ data: a, mode: "lstm", state_size: 5, num_layers: 1 }),
    shapes: { a: [3, 2, 4] },
    expected: 3 * 2 * 4 * 5 * (4 + 5),
  },
  { name: "anything else", symbol: sym.relu({ data: a }), shapes: { a: [2, 3] }, expected: 0 },
];
test.for(cases)("$name", ({ symbol, shapes, expected }) => {
  const node = symbol.entries[0]?.node;
  expect(node && multiplyAdds(node, inferGraphShapes(symbol, shapes))).toBe(expected);
});

test("unknown without shapes", () => {
  const symbol = sym.FullyConnected({ data: a, num_hidden: 5 });
  const node = symbol.entries[0]?.node;
  expect(node && multiplyAdds(node, inferGraphShapes(symbol, {}))).toBe(undefined);
});
