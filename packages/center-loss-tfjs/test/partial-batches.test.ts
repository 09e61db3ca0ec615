import { type DType, float32Array } from "@mxgraft/base";
import { CenterLossProp, centerLoss } from "@mxgraft/center-loss";
import { specOfProp } from "@mxgraft/operator";
import { kernelFor, setBackend } from "@mxgraft/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { centerLossKernels } from "../src/index.ts";
import { backends } from "./backends.ts";
import { BoundOperator, labelsOf } from "./bound-operator.ts";

const ported = specOfProp("centerloss", CenterLossProp);

// MXNet counts stale rows of diff_bias here and gives 3: the batch is 4 of the 6 rows that the attribute says.
const raw = new Map(Object.entries({ num_class: "2", alpha: "0.5", batchsize: "6" }));
const initial = [new Array<number>(12).fill(2), [0, 0, 0, 0], [0, 0]];
const data = float32Array([4, 2], new Array<number>(8).fill(1));

async function check(bound: BoundOperator, type: DType): Promise<void> {
  bound.setStates(initial);
  const loss = await bound.forward(true, data, labelsOf([0, 1, 1, 0], type));
  expect([...loss.data]).toEqual([1]);
  const gradient = await bound.backward();
  expect([...gradient.data]).toEqual(new Array<number>(8).fill(0.25));
  const [diff, centers] = await bound.stateValues();
  expect([...(diff?.data ?? [])]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2]);
  // .5 * 2 / (1 + 2)
  for (const value of centers?.data ?? []) expect(value).toBeCloseTo(1 / 3, 6);
  bound.dispose();
}

describe.for(backends)("a batch smaller than batchsize, on %s", (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
  });

  test.for([{ type: "float32" }, { type: "int32" }] as const)(
    "counts its own rows only, labels $type",
    async ({ type }) => {
      for (const kernel of [centerLossKernels.portable, centerLossKernels[backend]]) {
        if (!kernel) throw new Error("no kernel");
        await check(new BoundOperator(centerLoss, kernel, centerLoss.parse(raw), [4, 2]), type);
      }
    },
  );

  test("counts its own rows only in the ported operator", async () => {
    const attributes = ported.parse(raw);
    const kernel = kernelFor(
      { spec: ported, attributes, custom: true },
      backend,
      [[4, 2], [4]],
      ["float32", "float32"],
    );
    await check(new BoundOperator(ported, kernel, attributes, [4, 2]), "float32");
  });
});
