import { float32Array } from "@mxgraft/base";
import { setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { installWasmKernels } from "../../src/index.ts";
import { backends } from "../backends.ts";
import cases from "../cases/nn.json" with { type: "json" };
import { expectClose, type Recorded, recordedArray, type Tolerance } from "../recorded.ts";
import { applyOperator, type OperatorName } from "./apply-operator.ts";

/**
 * One operator as MXNet 1.9.1 computed it, in numbers of seven digits: inference, training where it differs, and the
 * gradients. Where MXNet's own kernels and oneDNN's differ, the true one of the two.
 */
interface Case {
  readonly operator: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly arguments: readonly Recorded[];
  readonly states: readonly Recorded[];
  readonly outputs: readonly Recorded[];
  readonly trained?: readonly Recorded[];
  readonly heads?: readonly (Recorded | null)[];
  readonly gradients?: readonly (Recorded | null)[];
  readonly statesAfter?: readonly Recorded[];
  readonly argumentsAfter?: readonly (Recorded | null)[];
  readonly tolerance: Tolerance;
}

describe.for(backends)("on %s", (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
    if (backend === "wasm") installWasmKernels();
  });

  test.for(cases as Case[])("$name is what MXNet computes", async (recorded) => {
    const before = tf.memory().numTensors;
    const { attributes, tolerance } = recorded;
    const operator = recorded.operator as OperatorName;
    const given = {
      operator,
      attributes,
      arguments: recorded.arguments.map(recordedArray),
      states: recorded.states.map(recordedArray),
    };

    const inference = await applyOperator({ ...given, isTrain: false });
    for (const [i, want] of recorded.outputs.entries())
      expectClose(inference.outputs[i], want, tolerance, `output ${i}`);

    if (recorded.gradients) {
      const heads = (recorded.heads ?? []).map((head) => (head ? recordedArray(head) : undefined));
      const training = await applyOperator({ ...given, isTrain: true, heads });
      for (const [i, want] of (recorded.trained ?? recorded.outputs).entries()) {
        expectClose(training.outputs[i], want, tolerance, `output ${i} in training`);
      }
      for (const [i, want] of recorded.gradients.entries()) {
        if (!want) continue;
        // No gradient stands for zeros.
        const zeros = float32Array(want.shape);
        expectClose(training.gradients[i] ?? zeros, want, tolerance, `gradient of argument ${i}`);
      }
      for (const [i, want] of recorded.states.entries()) {
        expectClose(training.statesAfterForward[i], want, tolerance, `state ${i} after forward`);
      }
      for (const [i, want] of (recorded.statesAfter ?? []).entries()) {
        expectClose(training.states[i], want, tolerance, `state ${i} after backward`);
      }
      const overwritten = (recorded.argumentsAfter ?? []).filter((after) => after !== null);
      expect(training.mutated).toHaveLength(overwritten.length);
      for (const [i, want] of overwritten.entries())
        expectClose(training.mutated[i], want, tolerance, "argument after");
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});
