import { float32Array, type HostArray, type Shape } from "@mxgraft/base";
import { setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { installWasmKernels } from "../../src/index.ts";
import { backends } from "../backends.ts";
import { dot, moved, STEP } from "../differences.ts";
import { type Application, applyOperator, inferredShapes, type OperatorName, randomArray } from "./apply-operator.ts";

interface Case {
  readonly operator: OperatorName;
  readonly attributes: Readonly<Record<string, string>>;
  readonly shapes: readonly Shape[];
  readonly states?: readonly Shape[];
}

// What the recorded cases leave out: attributes together, and what MXNet's CPU kernels cannot do.
const cases: readonly Case[] = [
  ...["relu", "sigmoid", "tanh", "softrelu", "softsign", "log_sigmoid", "mish"].map((act_type): Case => {
    return { operator: "Activation", attributes: { act_type }, shapes: [[3, 5]] };
  }),
  { operator: "LeakyReLU", attributes: { act_type: "leaky", slope: "-0.3" }, shapes: [[3, 5]] },
  { operator: "LeakyReLU", attributes: { act_type: "elu", slope: "0.7" }, shapes: [[3, 5]] },
  { operator: "LeakyReLU", attributes: { act_type: "prelu" }, shapes: [[2, 3, 4, 2, 2], [3]] },
  { operator: "FullyConnected", attributes: { num_hidden: "4", flatten: "False" }, shapes: [[5], [4, 5], [4]] },
  {
    operator: "Convolution",
    attributes: { kernel: "(3, 2)", num_filter: "4", stride: "(2, 3)", dilate: "(2, 1)", pad: "(2, 1)" },
    shapes: [[2, 3, 9, 8], [4, 3, 3, 2], [4]],
  },
  {
    operator: "Convolution",
    attributes: { kernel: "(3, 3)", num_filter: "4", stride: "(2, 2)", layout: "NHWC" },
    shapes: [[2, 7, 6, 3], [4, 3, 3, 3], [4]],
  },
  {
    operator: "Convolution",
    attributes: { kernel: "(3, 3)", num_filter: "6", num_group: "3", dilate: "(2, 2)", pad: "(1, 2)" },
    shapes: [[2, 3, 7, 6], [6, 1, 3, 3], [6]],
  },
  {
    operator: "Convolution",
    attributes: { kernel: "(2, 3)", num_filter: "4", num_group: "4", stride: "(1, 2)", no_bias: "True" },
    shapes: [
      [2, 4, 5, 7],
      [4, 1, 2, 3],
    ],
  },
  {
    operator: "Convolution",
    attributes: { kernel: "(3,)", num_filter: "4", num_group: "4", stride: "(2,)", pad: "(1,)", no_bias: "True" },
    shapes: [
      [2, 4, 7],
      [4, 1, 3],
    ],
  },
  {
    operator: "Convolution",
    attributes: { kernel: "(2, 2, 2)", num_filter: "4", num_group: "2", dilate: "(1, 2, 1)", stride: "(2, 1, 1)" },
    shapes: [[1, 4, 4, 4, 3], [4, 2, 2, 2, 2], [4]],
  },
  {
    operator: "Convolution",
    attributes: { kernel: "(5, 5)", num_filter: "3", pad: "(2, 2)" },
    shapes: [[2, 2, 6, 6], [3, 2, 5, 5], [3]],
  },
  {
    operator: "Pooling",
    attributes: { kernel: "(3, 2)", pool_type: "avg", stride: "(2, 2)", pooling_convention: "same" },
    shapes: [[2, 3, 7, 6]],
  },
  {
    operator: "Pooling",
    attributes: { kernel: "(3, 2, 2)", pool_type: "avg", stride: "(2, 1, 2)", pad: "(1, 0, 1)", layout: "NDHWC" },
    shapes: [[1, 5, 4, 5, 2]],
  },
  {
    operator: "Pooling",
    attributes: { kernel: "(2, 3, 2)", pool_type: "max", pad: "(1, 1, 0)", pooling_convention: "full" },
    shapes: [[1, 2, 3, 4, 5]],
  },
  {
    operator: "Pooling",
    attributes: { kernel: "(3,)", pool_type: "lp", p_value: "3", pad: "(1,)" },
    shapes: [[2, 2, 6]],
  },
  { operator: "Pooling", attributes: { global_pool: "True", pool_type: "max" }, shapes: [[2, 2, 3, 3, 3]] },
  ...[{ use_global_stats: "True" }, { axis: "-1" }, {}].map((attributes): Case => {
    return {
      operator: "BatchNorm",
      attributes: { fix_gamma: "False", ...attributes },
      shapes: [[4, 3, 3], [3], [3]],
      states: [[3], [3]],
    };
  }),
];

/** How much <head, output> changes when one argument moves along a direction: a central difference. */
async function difference(application: Application, head: HostArray, index: number, direction: HostArray) {
  const at = async (step: number) => {
    const { outputs } = await applyOperator({
      ...application,
      arguments: application.arguments.map((array, i) => (i === index ? moved(array, direction, step) : array)),
    });
    return dot(outputs[0], head);
  };
  return ((await at(STEP)) - (await at(-STEP))) / (2 * STEP);
}

describe.for(backends)("on %s", (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
    if (backend === "wasm") installWasmKernels();
  });

  test.for(cases)("$operator $attributes has the gradient that differences show", async (given) => {
    const before = tf.memory().numTensors;
    const { operator, attributes, shapes, states = [] } = given;
    const application: Application = {
      operator,
      attributes,
      arguments: shapes.map((shape, i) => randomArray(shape, i + 1)),
      // Moving statistics: a variance is positive.
      states: states.map((shape, i) => float32Array(shape, new Array<number>(shape[0] ?? 0).fill(0.2 + i))),
      isTrain: true,
    };
    const head = randomArray(inferredShapes(application)[0] ?? [], 77);
    const { gradients } = await applyOperator({ ...application, heads: [head] });
    for (const [index, shape] of shapes.entries()) {
      const direction = randomArray(shape, 99 + index);
      const want = await difference(application, head, index, direction);
      const scale = Math.sqrt(dot(gradients[index], gradients[index]));
      expect(scale, `gradient of argument ${index}`).toBeGreaterThan(0);
      expect(Math.abs(dot(gradients[index], direction) - want) / scale).toBeLessThan(5e-3);
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});
