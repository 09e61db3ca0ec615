import { float32Array, type HostArray, type Shape, stridesOf, toFloat32 } from "@mxgraft/base";
import { setBackend } from "@mxgraft/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { installWasmKernels } from "../../src/index.ts";
import { backends } from "../backends.ts";
import { applyOperator, inferredShapes, randomArray } from "./apply-operator.ts";

interface Case {
  readonly name: string;
  readonly kernel: Shape;
  readonly stride?: Shape;
  readonly dilate?: Shape;
  readonly pad?: Shape;
  readonly groups?: number;
  readonly data: Shape;
  readonly filters: number;
}

const cases: readonly Case[] = [
  {
    name: "stride and dilation",
    kernel: [3, 2],
    stride: [2, 3],
    dilate: [2, 1],
    pad: [2, 1],
    data: [2, 3, 9, 8],
    filters: 4,
  },
  { name: "unequal kernel", kernel: [1, 5], pad: [0, 2], data: [1, 2, 3, 7], filters: 3 },
  { name: "rows left over", kernel: [2, 2], stride: [3, 2], data: [2, 2, 7, 6], filters: 2 },
  { name: "dilated depthwise", kernel: [3, 3], dilate: [2, 2], pad: [1, 2], groups: 3, data: [2, 3, 7, 6], filters: 6 },
  { name: "depthwise with unequal strides", kernel: [2, 3], stride: [1, 2], groups: 4, data: [2, 4, 5, 7], filters: 4 },
  { name: "one axis in groups", kernel: [3], stride: [2], pad: [1], groups: 2, data: [2, 4, 7], filters: 6 },
  {
    name: "three axes, dilated, in groups",
    kernel: [2, 2, 2],
    stride: [2, 1, 1],
    dilate: [1, 2, 1],
    groups: 2,
    data: [1, 4, 4, 4, 3],
    filters: 4,
  },
];

/** The definition of convolution, term by term, on the two axes (y, x) after any leading axis z. */
function convolve(data: HostArray, weight: HostArray, bias: HostArray, output: Shape, given: Case): HostArray {
  const rank = given.kernel.length;
  const lift = (shape: Shape, value: number) => [...new Array<number>(3 - rank).fill(value), ...shape];
  const kernel = lift(given.kernel, 1);
  const stride = lift(given.stride ?? given.kernel.map(() => 1), 1);
  const dilate = lift(given.dilate ?? given.kernel.map(() => 1), 1);
  const pad = lift(given.pad ?? given.kernel.map(() => 0), 0);
  const sizes = lift(data.shape.slice(2), 1);
  const out = [...output.slice(0, 2), ...lift(output.slice(2), 1)];
  const [n = 0, filters = 0, depth = 0, height = 0, width = 0] = out;
  const perGroup = weight.shape[1] ?? 0;
  const dataStrides = stridesOf([data.shape[0] ?? 0, data.shape[1] ?? 0, ...sizes]);
  const weightStrides = stridesOf([filters, perGroup, ...kernel]);
  const at = (array: HostArray, strides: Shape, index: Shape) =>
    Number(array.data[index.reduce((sum, i, axis) => sum + i * (strides[axis] ?? 0), 0)]);
  const values: number[] = [];
  for (let b = 0; b < n; b++)
    for (let o = 0; o < filters; o++)
      for (let z = 0; z < depth; z++)
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            let sum = Number(bias.data[o]);
            const first = Math.floor((o * (given.groups ?? 1)) / filters) * perGroup;
            for (let c = 0; c < perGroup; c++)
              for (let k = 0; k < kernel.reduce((a, b) => a * b, 1); k++) {
                const [, kh = 1, kw = 1] = kernel;
                const tap = [Math.floor(k / (kh * kw)), Math.floor(k / kw) % kh, k % kw];
                const from = [z, y, x].map(
                  (p, i) => p * (stride[i] ?? 1) - (pad[i] ?? 0) + (tap[i] ?? 0) * (dilate[i] ?? 1),
                );
                if (from.some((p, i) => p < 0 || p >= (sizes[i] ?? 0))) continue;
                sum += at(data, dataStrides, [b, first + c, ...from]) * at(weight, weightStrides, [o, c, ...tap]);
              }
            values.push(sum);
          }
  return float32Array(output, values);
}

describe.for(backends)("on %s", (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
    if (backend === "wasm") installWasmKernels();
  });

  test.for(cases)("$name: the sum of products that the definition says", async (given) => {
    const tuple = (shape: Shape | undefined) => `(${(shape ?? []).join(",")},)`;
    const groups = given.groups ?? 1;
    const data = randomArray(given.data, 1);
    const weight = randomArray([given.filters, (given.data[1] ?? 0) / groups, ...given.kernel], 2);
    const bias = randomArray([given.filters], 3);
    const attributes = {
      kernel: tuple(given.kernel),
      num_filter: String(given.filters),
      num_group: String(groups),
      ...(given.stride ? { stride: tuple(given.stride) } : {}),
      ...(given.dilate ? { dilate: tuple(given.dilate) } : {}),
      ...(given.pad ? { pad: tuple(given.pad) } : {}),
    };
    const application = {
      operator: "Convolution",
      attributes,
      arguments: [data, weight, bias],
      isTrain: false,
    } as const;
    const { outputs } = await applyOperator(application);
    const want = convolve(data, weight, bias, inferredShapes(application)[0] ?? [], given);
    expect(outputs[0]?.shape).toEqual(want.shape);
    const got = outputs[0] ? toFloat32(outputs[0]) : [];
    const errors = toFloat32(want).map((value, i) => Math.abs(value - (got[i] ?? Number.NaN)));
    expect(Math.max(...errors)).toBeLessThan(1e-5);
  });
});
