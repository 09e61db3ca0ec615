import { float32Array, type HostArray, toFloat32 } from "@mxgraft/base";
import { setBackend } from "@mxgraft/tfjs";
import { expect, test } from "vitest";
import { randomArray } from "../nn/apply-operator.ts";
import { applyKernel } from "../norm-loss/apply-kernel.ts";

const attributes = {
  feature_stride: "16",
  scales: "(2, 4)",
  ratios: "(0.5, 1)",
  rpn_min_size: "4",
  rpn_post_nms_top_n: "6",
  output_score: "True",
};

function values(array: HostArray | undefined): number[] {
  return array ? [...toFloat32(array)] : [];
}

test("MultiProposal gives each image what Proposal gives it alone", async () => {
  await setBackend("cpu");
  const sizes = [
    [48, 60, 1],
    [40, 64, 1.5],
  ];
  const scores = randomArray([2, 8, 3, 4], 1);
  const deltas = randomArray([2, 16, 3, 4], 2);
  const together = await applyKernel({
    operator: "_contrib_MultiProposal",
    attributes,
    arguments: [scores, deltas, float32Array([2, 3], sizes.flat())],
  });
  for (const [n, size] of sizes.entries()) {
    const alone = await applyKernel({
      operator: "_contrib_Proposal",
      attributes,
      arguments: [
        float32Array([1, 8, 3, 4], toFloat32(scores).slice(n * 96, (n + 1) * 96)),
        float32Array([1, 16, 3, 4], toFloat32(deltas).slice(n * 192, (n + 1) * 192)),
        float32Array([1, 3], size),
      ],
    });
    const want = values(alone.outputs[0]).map((value, i) => (i % 5 === 0 ? n : value));
    expect(values(together.outputs[0]).slice(n * 30, (n + 1) * 30)).toEqual(want);
    expect(values(together.outputs[1]).slice(n * 6, (n + 1) * 6)).toEqual(values(alone.outputs[1]));
  }
});
