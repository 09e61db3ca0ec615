import { setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { installWasmKernels } from "../../src/index.ts";
import { backends } from "../backends.ts";
import cases from "../cases/array.json" with { type: "json" };
import { applyOperator, type OperatorName } from "../nn/apply-operator.ts";
import { expectClose, type Recorded, recordedArray, type Tolerance } from "../recorded.ts";

/** One operator as MXNet 1.9.1 computed it, in numbers of seven digits; `null` is a gradient that is 0 or not there. */
interface Case {
  readonly operator: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly arguments: readonly Recorded[];
  readonly outputs: readonly Recorded[];
  readonly heads?: readonly (Recorded | null)[];
  readonly gradients?: readonly (Recorded | null)[];
  readonly tolerance: Tolerance;
}

describe.for(backends)("on %s", (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
    if (backend === "wasm") installWasmKernels();
  });

  test.for(cases as Case[])("$name is what MXNet computes", async (recorded) => {
    const before = tf.memory().numTensors;
    const { attributes, tolerance, gradients } = recorded;
    const heads = (recorded.heads ?? []).map((head) => (head ? recordedArray(head) : undefined));
    const results = await applyOperator({
      operator: recorded.operator as OperatorName,
      attributes,
      arguments: recorded.arguments.map(recordedArray),
      isTrain: true,
      ...(gradients ? { heads } : {}),
    });
    for (const [i, want] of recorded.outputs.entries()) expectClose(results.outputs[i], want, tolerance, `output ${i}`);
    for (const [i, want] of (gradients ?? []).entries()) {
      if (want) expectClose(results.gradients[i], want, tolerance, `gradient of argument ${i}`);
      else expect([...(results.gradients[i]?.data ?? [])].every((value) => Number(value) === 0)).toBe(true);
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});
