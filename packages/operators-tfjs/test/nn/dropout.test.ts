import { float32Array, type HostArray, toFloat32 } from "@mxgraft/base";
import { setBackend } from "@mxgraft/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { backends } from "../backends.ts";
import { applyOperator } from "./apply-operator.ts";

const ones = (shape: readonly number[]) => float32Array(shape, new Float32Array(shape.reduce((a, b) => a * b)).fill(1));

function dropout(shape: readonly number[], attributes: Record<string, string>, seed: number, isTrain = true) {
  const data = ones(shape);
  return applyOperator({ operator: "Dropout", attributes, arguments: [data], isTrain, heads: [data], seed });
}

function values(array: HostArray | undefined): number[] {
  return array ? [...toFloat32(array)] : [];
}

describe.for(backends)("Dropout on %s", (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
  });

  test("drops the fraction p and scales up what stays", async () => {
    const { outputs } = await dropout([100, 200], { p: "0.3" }, 5);
    const kept = values(outputs[0]).filter((value) => value !== 0);
    expect(new Set(kept)).toEqual(new Set([Math.fround(1 / 0.7)]));
    // 20000 draws: the deviation of the fraction is 0.0032.
    expect(Math.abs(kept.length / 20000 - 0.7)).toBeLessThan(0.013);
  });

  test("lets the gradient through where it let the data through", async () => {
    const { outputs, gradients } = await dropout([20, 30], { p: "0.5" }, 6);
    expect(values(gradients[0])).toEqual(values(outputs[0]));
  });

  test("draws what the seed says", async () => {
    const [first, same, other] = await Promise.all([7, 7, 8].map((seed) => dropout([20, 30], {}, seed)));
    expect(values(first?.outputs[0])).toEqual(values(same?.outputs[0]));
    expect(values(first?.outputs[0])).not.toEqual(values(other?.outputs[0]));
  });

  test("neighbours are dropped independently, from the first element on", async () => {
    const runs = await Promise.all(Array.from({ length: 200 }, (_, seed) => dropout([2], { p: "0.5" }, seed)));
    const both = runs.filter(({ outputs }) => values(outputs[0]).every((value) => value === 0)).length;
    // A quarter of 200; the deviation is 6.
    expect(Math.abs(both - 50)).toBeLessThan(25);
  });

  test("elements along axes share one fate", async () => {
    const { outputs } = await dropout([4, 5, 6], { p: "0.5", axes: "(1,)" }, 9);
    const got = values(outputs[0]);
    for (let i = 0; i < got.length; i++) expect(got[i]).toBe(got[Math.floor(i / 30) * 30 + (i % 6)]);
    expect(new Set(got).size).toBe(2);
  });

  test("inference drops only when mode is always", async () => {
    expect(new Set(values((await dropout([20, 30], {}, 3, false)).outputs[0]))).toEqual(new Set([1]));
    const always = await dropout([20, 30], { mode: "always" }, 3, false);
    expect(new Set(values(always.outputs[0]))).toEqual(new Set([0, 2]));
  });
});

describe.for(backends)("LeakyReLU rrelu on %s", (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
  });

  test("draws a slope for each element and gives the gradient the same", async () => {
    const data = float32Array([50, 40], new Float32Array(2000).fill(-1));
    const attributes = { act_type: "rrelu", lower_bound: "0.1", upper_bound: "0.5" };
    const heads = [ones([50, 40])];
    const { outputs, gradients } = await applyOperator({
      operator: "LeakyReLU",
      attributes,
      arguments: [data],
      isTrain: true,
      heads,
      seed: 4,
    });
    const slopes = values(outputs[0]).map((value) => -value);
    expect(Math.min(...slopes)).toBeGreaterThanOrEqual(Math.fround(0.1));
    expect(Math.max(...slopes)).toBeLessThanOrEqual(0.5);
    const mean = slopes.reduce((sum, slope) => sum + slope, 0) / slopes.length;
    // The deviation of the mean of 2000 draws is 0.0026.
    expect(Math.abs(mean - 0.3)).toBeLessThan(0.011);
    expect(values(gradients[0])).toEqual(slopes);
  });
});
