import { float32Array, toFloat32 } from "@mxgraft/base";
import { builtins } from "@mxgraft/operators";
import { setBackend } from "@mxgraft/tfjs";
import { describe, expect, test } from "vitest";
import { backends } from "../backends.ts";
import { applyOperator, type OperatorName } from "./apply-operator.ts";

interface Case {
  readonly operator: OperatorName;
  readonly attributes: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = [
  ...["relu", "sigmoid", "tanh", "softrelu", "softsign", "log_sigmoid"].map((act_type): Case => {
    return { operator: "Activation", attributes: { act_type } };
  }),
  ...(["relu", "sigmoid", "tanh", "softsign"] as const).map((operator): Case => ({ operator, attributes: {} })),
];

/** Numbers that rise, from the lowest float32 to the highest, most of them small. */
const RISING = [-3.4e38, ...Array.from({ length: 801 }, (_, i) => (i - 400) / 20), 3.4e38];

function keepsOrder({ operator, attributes: raw }: Case): boolean | undefined {
  const spec = builtins[operator];
  // A name known only at run time loses the type of its attributes.
  return spec.keepsOrder?.(spec.parse(new Map(Object.entries(raw))) as never);
}

describe.for(backends)("%s", (backend) => {
  test.for(cases)("$operator $attributes falls nowhere, as its specification says", async (given) => {
    await setBackend(backend);
    expect(keepsOrder(given)).toBe(true);
    const data = float32Array([RISING.length], RISING);
    const { outputs } = await applyOperator({ ...given, arguments: [data], isTrain: false });
    const values = outputs[0] ? [...toFloat32(outputs[0])] : [];
    // But for the last digit.
    const falls = values.filter((value, i) => value < (values[i - 1] ?? value) - 2e-7 * Math.abs(value));
    expect(values).toHaveLength(RISING.length);
    expect(falls).toEqual([]);
  });
});

test.for<Case>([
  { operator: "Activation", attributes: { act_type: "mish" } },
  { operator: "abs", attributes: {} },
])("$operator $attributes falls somewhere", (given) => expect(keepsOrder(given)).toBe(false));
