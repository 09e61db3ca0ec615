import { backendStatus, setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { installKernels } from "../../src/index.ts";

const [webgpu] = await backendStatus({ names: ["webgpu"] });
if (!webgpu?.available) console.log(`skipped: backend "webgpu": ${webgpu?.reason ?? "unknown"}`);

interface Case {
  readonly name: string;
  run(): tf.Tensor;
  /** Worked by hand. */
  readonly expected: readonly number[];
}

const pool = { filterSize: [2, 2], strides: [2, 2], pad: "valid" };
const kernel = (name: string, inputs: tf.NamedTensorMap, attributes: tf.NamedAttrMap) =>
  tf.engine().runKernel<tf.Tensor>(name, inputs, attributes);

const cases: readonly Case[] = [
  {
    name: "AddN of more tensors than a shader may have",
    run: () => tf.addN(Array.from({ length: 15 }, (_, i) => tf.tensor1d([i, 3]))),
    expected: [105, 45],
  },
  {
    name: "PadV2 of five axes",
    run: () =>
      tf.pad(
        tf.tensor([7, 8], [1, 2, 1, 1, 1]),
        [
          [0, 0],
          [1, 0],
          [0, 0],
          [0, 0],
          [0, 2],
        ],
        4,
      ),
    expected: [4, 4, 4, 7, 4, 4, 8, 4, 4],
  },
  {
    name: "MaxPool of numbers below -1e20",
    run: () => {
      // Two windows: of a single one tfjs takes the maximum in another way.
      const x = tf.tensor4d([-3e20, -4e20, 1, 2, -5e20, -6e20, 3, 4], [1, 2, 4, 1]);
      return kernel("MaxPool", { x }, pool);
    },
    expected: [Math.fround(-3e20), 4],
  },
  {
    name: "MaxPoolGrad of equal maxima, of which the first counts",
    run: () => {
      const input = tf.tensor4d([1, 2, 2, 2], [1, 2, 2, 1]);
      return kernel(
        "MaxPoolGrad",
        { dy: tf.tensor4d([5], [1, 1, 1, 1]), input, output: tf.maxPool(input, 2, 2, 0) },
        pool,
      );
    },
    expected: [0, 5, 0, 0],
  },
  {
    name: "MaxPoolGrad of windows that overlap, of which the largest number is the only one or negative",
    run: () => {
      const input = tf.tensor4d([-1, -2, -3, -4, -5, -0.5, -6, -7, -8], [1, 3, 3, 1]);
      const attributes = { filterSize: [2, 2], strides: [1, 1], pad: "valid" };
      const dy = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
      return kernel("MaxPoolGrad", { dy, input, output: tf.maxPool(input, 2, 1, 0) }, attributes);
    },
    expected: [1, 0, 0, 3, 0, 6, 0, 0, 0],
  },
  {
    name: "Add of a vector to five axes",
    run: () => tf.add(tf.tensor([10, 20, 30, 40], [1, 2, 1, 1, 2]), tf.tensor1d([1, 2])),
    expected: [11, 22, 31, 42],
  },
  {
    name: "Sub of five axes from a vector",
    run: () => tf.sub(tf.tensor1d([1, 2]), tf.tensor([10, 20, 30, 40], [2, 1, 1, 1, 2])),
    expected: [-9, -18, -29, -38],
  },
];

/** Those that tfjs-backend-webgpu 4.22 has right. */
const RIGHT = ["MaxPoolGrad of windows that overlap, of which the largest number is the only one or negative"];

describe.skipIf(!webgpu?.available)("kernels of the backend webgpu", () => {
  const stock = new Map<string, ArrayLike<number>>();
  const values = async ({ run }: Case) => {
    const result = tf.tidy(run);
    const data = await result.data();
    result.dispose();
    return [...data];
  };

  beforeAll(async () => {
    await setBackend("webgpu");
    // Otherwise tfjs computes small tensors in JavaScript, whatever the backend.
    tf.env().set("WEBGPU_CPU_FORWARD", false);
    // Shaders that do not compile are reported on the console, and nowhere else.
    const silent = (["log", "warn", "error"] as const).map((name) => vi.spyOn(console, name).mockReturnValue());
    for (const one of cases) stock.set(one.name, await values(one));
    for (const spy of silent) spy.mockRestore();
    installKernels("webgpu");
    installKernels("webgpu");
  });

  test.for(cases)("$name", async (one) => {
    const before = tf.memory().numTensors;
    expect(await values(one)).toEqual(one.expected);
    expect(tf.memory().numTensors).toBe(before);
  });

  test.for(cases.filter(({ name }) => !RIGHT.includes(name)))(
    "tfjs itself has it wrong: $name",
    ({ name, expected }) => {
      expect(Array.from(stock.get(name) ?? [])).not.toEqual(expected);
    },
  );

  test("an array of five axes with its last of size 1 is stretched by the vector", async () => {
    const sum = tf.tidy(() => tf.add(tf.tensor([10, 20], [1, 2, 1, 1, 1]), tf.tensor1d([1, 2, 3])));
    expect(sum.shape).toEqual([1, 2, 1, 1, 3]);
    expect([...(await sum.data())]).toEqual([11, 12, 13, 21, 22, 23]);
    sum.dispose();
  });
});
