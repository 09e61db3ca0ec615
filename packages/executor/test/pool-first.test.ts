import { float32Array, type HostArray, type Shape } from "@mxgraft/base";
import { type Executor, simpleBind } from "@mxgraft/executor";
import { boolean, defaulted, defineOperator, operators } from "@mxgraft/operator";
import { apply, group, type Symbol as MxSymbol, variable } from "@mxgraft/symbol";
import { kernels, setBackend, type TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** What ran, in order: "square 4" is the square of four numbers. */
const ran: string[] = [];

const ofElements = (name: string, keepsOrder: boolean) =>
  defineOperator({
    name,
    attributes: {},
    inferShape: (_, known) => ({ arguments: known.arguments, outputs: known.arguments }),
    backwardReads: () => ({ arguments: [0] }),
    keepsOrder: () => keepsOrder,
  });

/** max(x, 0)^2, which falls nowhere, and x^2, which does. */
const squareKernel = (name: string, from: number): TfjsKernel => ({
  forward({ inputs: [x] }) {
    if (!x) return [];
    ran.push(`${name} ${x.size}`);
    return [tf.square(tf.maximum(x, from))];
  },
  backward({ headGradients: [dy], inputs: [x] }) {
    if (!dy || !x) return [];
    ran.push(`${name} back ${x.size}`);
    return [tf.mul(dy, tf.mul(2, tf.maximum(x, from)))];
  },
  layouts: () => ({ arguments: ["any"], outputs: ["any"] }),
});

/** The maxima of pairs, or with `whole` of windows of one; with `empty` a window may have nothing in it. */
const pairs = defineOperator({
  name: "order_pairs",
  attributes: { whole: defaulted(boolean, false), empty: defaulted(boolean, false) },
  inferShape: ({ whole }, { arguments: [x] }) => ({
    outputs: [x && (whole ? x : [...x.slice(0, -1), (x.at(-1) ?? 0) / 2])],
  }),
  takesMaxima: ({ empty }) => !empty,
});
const pairsKernel: TfjsKernel<{ whole: boolean; empty: boolean }> = {
  forward({ attributes: { whole }, inputs: [x] }) {
    if (!x) return [];
    ran.push(`pairs ${x.size}`);
    return [whole ? tf.clone(x) : tf.max(tf.reshape(x, [...x.shape.slice(0, -1), -1, 2]), -1)];
  },
  backward({ attributes: { whole }, headGradients: [dy], inputs: [x], outputs: [y] }) {
    if (!dy || !x || !y) return [];
    ran.push(`pairs back ${x.size}`);
    if (whole) return [tf.clone(dy)];
    const at = tf.equal(tf.reshape(x, [...y.shape, 2]), tf.expandDims(y, -1));
    return [tf.reshape(tf.where(at, tf.expandDims(dy, -1), tf.zeros([...y.shape, 2])), x.shape)];
  },
};

beforeAll(async () => {
  await setBackend("cpu");
  operators.register(ofElements("order_rising", true));
  operators.register(ofElements("order_square", false));
  operators.register(pairs);
  kernels.register("order_rising", { portable: squareKernel("rising", 0) });
  kernels.register("order_square", { portable: squareKernel("square", Number.NEGATIVE_INFINITY) });
  kernels.register("order_pairs", { portable: pairsKernel });
});

const open: Executor[] = [];
afterAll(() => {
  for (const executor of open) executor.dispose();
});

/** Zeros are zeros here, whatever their sign. */
const values = (array: HostArray | undefined) => Array.from(array?.data ?? [], Number).map((value) => value + 0);

const data = () => variable("data");
const rising = (x: MxSymbol, name = "rising") => apply("order_rising", { data: x, name });
const maxima = (x: MxSymbol, attributes = {}, name = "pairs") => apply("order_pairs", { data: x, ...attributes, name });
const DATA = [3, -2, -4, -1, 1, 2, 5, 5];

interface Case {
  readonly name: string;
  readonly symbol: () => MxSymbol;
  /** The outputs for `DATA`, worked by hand. */
  readonly outputs: readonly (readonly number[])[];
  /** The gradient of the sum of the first output. */
  readonly gradient: readonly number[];
  readonly ran: readonly string[];
}

const pooled = { outputs: [[9, 0, 4, 25]], gradient: [6, 0, 0, 0, 0, 4, 10, 10] };
const inOrder = ["rising 8", "pairs 8", "pairs back 8", "rising back 8"];

const cases: readonly Case[] = [
  {
    name: "a function that keeps the order comes behind the maxima",
    symbol: () => maxima(rising(data())),
    ...pooled,
    ran: ["pairs 8", "rising 4", "rising back 4", "pairs back 8"],
  },
  {
    name: "the same behind maxima of maxima",
    symbol: () => maxima(maxima(rising(data())), {}, "pairs1"),
    outputs: [[9, 25]],
    gradient: [6, 0, 0, 0, 0, 0, 10, 10],
    ran: ["pairs 8", "pairs 4", "rising 2", "rising back 2", "pairs back 4", "pairs back 8"],
  },
  {
    name: "what the function reads may have other readers",
    symbol: () => {
      const x = maxima(data(), { whole: true }, "pass");
      return group([maxima(rising(x)), x]);
    },
    outputs: [[9, 0, 4, 25], DATA],
    gradient: pooled.gradient,
    ran: ["pairs 8", "pairs 8", "rising 4", "rising back 4", "pairs back 8", "pairs back 8"],
  },
  {
    name: "the maxima may have several readers",
    symbol: () => {
      const y = maxima(rising(data()));
      return group([y, rising(y, "again")]);
    },
    outputs: [
      [9, 0, 4, 25],
      [81, 0, 16, 625],
    ],
    gradient: pooled.gradient,
    ran: ["pairs 8", "rising 4", "rising 4", "rising back 4", "rising back 4", "pairs back 8"],
  },
  {
    name: "not a function that is an output",
    symbol: () => {
      const y = rising(data());
      return group([maxima(y), y]);
    },
    outputs: [
      [9, 0, 4, 25],
      [9, 0, 0, 0, 1, 4, 25, 25],
    ],
    gradient: [6, 0, 0, 0, 0, 4, 10, 10],
    ran: inOrder,
  },
  {
    name: "not a function with a second reader",
    symbol: () => {
      const y = rising(data());
      return group([maxima(y), maxima(y, {}, "again")]);
    },
    ...pooled,
    outputs: [...pooled.outputs, ...pooled.outputs],
    ran: ["rising 8", "pairs 8", "pairs 8", "pairs back 8", "pairs back 8", "rising back 8"],
  },
  {
    name: "not a function that falls somewhere",
    symbol: () => maxima(apply("order_square", { data: data(), name: "square" })),
    outputs: [[9, 16, 4, 25]],
    gradient: [6, 0, -8, 0, 0, 4, 10, 10],
    ran: ["square 8", "pairs 8", "pairs back 8", "square back 8"],
  },
  {
    name: "not where a window may have nothing in it",
    symbol: () => maxima(rising(data()), { empty: true }),
    ...pooled,
    ran: inOrder,
  },
  {
    name: "not where there are as many maxima as numbers",
    symbol: () => maxima(rising(data()), { whole: true }),
    outputs: [[9, 0, 0, 0, 1, 4, 25, 25]],
    gradient: [6, 0, 0, 0, 2, 4, 10, 10],
    ran: inOrder,
  },
];

describe("poolFirst", () => {
  test.for(cases)("$name", async ({ symbol, outputs, gradient, ran: expected }) => {
    const shape: Shape = [DATA.length];
    const executor = simpleBind(symbol(), { shapes: { data: shape } });
    open.push(executor);
    ran.length = 0;
    await executor.forward({ isTrain: true, inputs: { data: float32Array(shape, DATA) } });
    await executor.backward(
      executor.outputs.map((output, i) =>
        float32Array(output.shape, new Array<number>(outputs[i]?.length ?? 0).fill(i === 0 ? 1 : 0)),
      ),
    );
    expect(ran).toEqual(expected);
    const found = await Promise.all(executor.outputs.map(async (output) => values(await output.toHost())));
    expect(found).toEqual(outputs);
    expect(values(await executor.gradCells.get("data")?.toHost())).toEqual(gradient);
  });

  test("names stay with what they stand for", async () => {
    const symbol = maxima(rising(data()));
    const executor = simpleBind(symbol, { shapes: { data: [DATA.length] } });
    open.push(executor);
    expect(executor.outputs.map(({ name, shape }) => ({ name, shape }))).toEqual([
      { name: "pairs_output", shape: [4] },
    ]);
  });
});
