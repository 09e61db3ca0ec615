import { float32Array, type HostArray, hostArray, toFloat32 } from "@mxgraft/base";
import { setBackend } from "@mxgraft/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { installWasmKernels } from "../../src/index.ts";
import { backends } from "../backends.ts";
import recorded from "../cases/array.json" with { type: "json" };
import { applyOperator, type OperatorName } from "../nn/apply-operator.ts";

interface Case {
  readonly operator: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly arguments: readonly { readonly shape: readonly number[]; readonly values: readonly (number | string)[] }[];
}

// These divide, take roots, or multiply matrices, which backends do in float32 only.
const FLOAT_ONLY = ["mean", "norm", "moments", "dot", "batch_dot", "_linalg_gemm", "_linalg_gemm2", "khatri_rao"];

const cases = (recorded as readonly Case[]).filter(
  ({ operator, name }) => !FLOAT_ONLY.includes(operator) && !name.startsWith("nan") && name !== "Pad/constant",
);

describe.for(backends)("on %s", (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
    if (backend === "wasm") installWasmKernels();
  });

  test.for(cases)("$name gives for int32 what it gives for the same numbers as float32", async (given) => {
    const whole = given.arguments.map(({ values }) => values.map((value) => Math.trunc(Number(value) * 1.5) + 0));
    const run = (arrayOf: (shape: readonly number[], values: readonly number[]) => HostArray) =>
      applyOperator({
        operator: given.operator as OperatorName,
        attributes: given.attributes,
        arguments: given.arguments.map(({ shape }, i) => arrayOf(shape, whole[i] ?? [])),
        isTrain: false,
      });
    const want = await run((shape, values) => float32Array(shape, values));
    const got = await run((shape, values) => hostArray("int32", shape, Int32Array.from(values)));
    // Integers have no negative zero.
    const plain = (array: HostArray) => [...toFloat32(array)].map((value) => value + 0);
    expect(got.outputs.map(plain)).toEqual(want.outputs.map(plain));
  });

  test("an integer modulo 0 is 0, which TensorFlow refuses to divide", async () => {
    const { outputs } = await applyOperator({
      operator: "broadcast_mod",
      attributes: {},
      arguments: [hostArray("int32", [1, 3], Int32Array.of(7, -7, 5)), hostArray("int32", [2, 1], Int32Array.of(0, 4))],
      isTrain: false,
    });
    expect(outputs.map((array) => [...toFloat32(array)])).toEqual([[0, 0, 0, 3, 1, 1]]);
  });
});
