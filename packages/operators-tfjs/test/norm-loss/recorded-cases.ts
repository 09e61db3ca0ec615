import { float32Array } from "@mxgraft/base";
import { setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { installWasmKernels } from "../../src/index.ts";
import { backends } from "../backends.ts";
import { expectClose, type Recorded, recordedArray, type Tolerance } from "../recorded.ts";
import { applyKernel, type OperatorName } from "./apply-kernel.ts";

/** One operator as MXNet 1.9.1 computed it, in numbers of seven digits: inference, and the gradients after training. */
interface Case {
  readonly operator: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly arguments: readonly Recorded[];
  readonly outputs: readonly Recorded[];
  readonly trained?: readonly Recorded[];
  readonly heads?: readonly (Recorded | null)[];
  readonly gradients?: readonly (Recorded | null)[];
  readonly tolerance: Tolerance;
}

/** Replays recorded cases on every backend and looks for tensors left behind. */
export function testRecordedCases(cases: readonly Case[]): void {
  describe.for(backends)("on %s", (backend) => {
    beforeAll(async () => {
      await setBackend(backend);
      if (backend === "wasm") installWasmKernels();
    });

    test.for(cases)("$name is what MXNet computes", async (recorded) => {
      const before = tf.memory().numTensors;
      const { attributes, tolerance } = recorded;
      // A case file names operators of the table; a name that is not there fails at once.
      const operator = recorded.operator as OperatorName;
      const call = { operator, attributes, arguments: recorded.arguments.map(recordedArray) };
      const inference = await applyKernel(call);
      expect(inference.outputs).toHaveLength(recorded.outputs.length);
      for (const [i, want] of recorded.outputs.entries())
        expectClose(inference.outputs[i], want, tolerance, `output ${i}`);
      if (recorded.gradients) {
        const heads = (recorded.heads ?? []).map((head) => (head ? recordedArray(head) : undefined));
        const training = await applyKernel({ ...call, isTrain: true, heads });
        for (const [i, want] of (recorded.trained ?? recorded.outputs).entries()) {
          expectClose(training.outputs[i], want, tolerance, `output ${i} in training`);
        }
        for (const [i, want] of recorded.gradients.entries()) {
          if (!want) continue;
          // No gradient stands for zeros.
          const zeros = float32Array(want.shape);
          expectClose(training.gradients[i] ?? zeros, want, tolerance, `gradient of argument ${i}`);
        }
      }
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}
