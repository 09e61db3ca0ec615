import { float32Array, type HostArray } from "@mxgraft/base";
import { setBackend } from "@mxgraft/tfjs";
import { beforeAll, expect, test } from "vitest";
import { applyOperator } from "./apply-operator.ts";

beforeAll(() => setBackend("cpu"));

function numbers(array: HostArray | undefined): number[] {
  return Array.from(array?.data ?? [], Number);
}

function expectNear(got: HostArray | undefined, want: readonly number[]): void {
  const values = numbers(got);
  expect(values).toHaveLength(want.length);
  for (const [i, value] of want.entries()) expect(values[i]).toBeCloseTo(value, 4);
}

test("_contrib_SyncBatchNorm is what MXNet 1.9.1 computes on one device, var being the variance", async () => {
  const results = await applyOperator({
    operator: "_contrib_SyncBatchNorm",
    attributes: { key: "k", fix_gamma: "False", momentum: "0.5", output_mean_var: "True" },
    arguments: [
      float32Array(
        [2, 2, 2],
        [1.788628, 0.4365098, 0.09649747, -1.863493, -0.2773882, -0.354759, -0.08274148, -0.6270007],
      ),
      float32Array([2], [1.5, 0.5]),
      float32Array([2], [0.1, -0.2]),
    ],
    states: [float32Array([2], [0.3, 0.4]), float32Array([2], [1, 2])],
    isTrain: true,
    heads: [
      float32Array(
        [2, 2, 2],
        [-0.04381817, -0.477218, -1.313865, 0.8846224, 0.881318, 1.709573, 0.05003364, -0.4046774],
      ),
      undefined,
      undefined,
    ],
  });
  const [output, mean, variance] = results.outputs;
  expectNear(output, [2.523557, 0.1666942, 0.2666275, -1.011294, -1.077693, -1.212558, 0.149763, -0.2050963]);
  expectNear(mean, [0.3982477, -0.6191844]);
  expectNear(variance, [0.7395314, 0.5870839]);
  const [dData, dGamma, dBeta] = results.gradients;
  expectNear(dData, [0.6268705, -1.689644, -0.3299438, 0.01096356, -0.1458109, 1.208585, 0.4594142, -0.140434]);
  expectNear(dGamma, [-2.279906, -2.622424]);
  expectNear(dBeta, [2.069855, -0.7838861]);
  expectNear(results.states[0], [0.3491239, -0.1095922]);
  expectNear(results.states[1], [0.8697657, 1.293542]);
});
