import { hostArray, lenet, type Symbol as MxSymbol, sym } from "mxgraft";
import { describe, expect, test } from "vitest";
import { guessShapes } from "../../src/engine/model/guess-shapes.ts";

function parametersFor(symbol: MxSymbol, data: readonly number[]) {
  const { argShapes, auxShapes } = symbol.inferShape({ data });
  const named = (names: readonly string[], shapes: readonly (readonly number[])[]) =>
    names.flatMap((name, i) =>
      /data|label/.test(name) ? [] : [[name, hostArray("float32", shapes[i] ?? [])] as const],
    );
  return new Map([...named(symbol.listArguments(), argShapes), ...named(symbol.listAuxiliaryStates(), auxShapes)]);
}

const convolved = (global: boolean) => {
  const conv = sym.Convolution({ data: sym.variable("data"), kernel: [3, 3], num_filter: 4, name: "conv" });
  const pool = sym.Pooling({ data: conv, kernel: [2, 2], stride: [2, 2], global_pool: global, name: "pool" });
  return sym.FullyConnected({ data: sym.Flatten({ data: pool }), num_hidden: 5, name: "fc" });
};

describe("the shape of the input follows from the parameters:", () => {
  test.for([
    { name: "grey digits", symbol: lenet(), data: [1, 1, 28, 28] },
    { name: "small colour images", symbol: convolved(false), data: [1, 3, 32, 32] },
    { name: "colour images of any size: the usual one", symbol: convolved(true), data: [1, 3, 224, 224] },
    {
      name: "rows of numbers",
      symbol: sym.FullyConnected({ data: sym.variable("data"), num_hidden: 3, name: "fc" }),
      data: [1, 17],
    },
  ])("$name", ({ symbol, data }) => {
    expect(guessShapes(symbol, parametersFor(symbol, data))).toEqual({ data });
  });
});

test("nothing is guessed where no usual shape fits", () => {
  const symbol = convolved(false);
  expect(guessShapes(symbol, parametersFor(symbol, [1, 3, 50, 70]))).toEqual({});
});
