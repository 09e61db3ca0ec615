import { float32Array, type HostArray, ValueError } from "@mxgraft/base";
import { CenterLossProp, centerLoss } from "@mxgraft/center-loss";
import { type OperatorSpec, specOfProp } from "@mxgraft/operator";
import { kernelFor, setBackend, type TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { centerLossKernels } from "../src/index.ts";
import { backends } from "./backends.ts";
import { BoundOperator, labelsOf } from "./bound-operator.ts";
import cases from "./cases/centerloss.json" with { type: "json" };
import { withoutNativeOperators } from "./native-operators.ts";

// Recorded from MXNet 1.9.1 with the Python operator: states and results after every call.
interface Case {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tolerance: { readonly rtol: number; readonly atol: number };
  readonly shape: readonly number[];
  readonly initial: { readonly diff: number[]; readonly centers: number[]; readonly sum: number[] };
  /** Not MXNet's answer but ours: a label out of range is an error. */
  readonly error?: boolean;
  readonly steps: readonly {
    readonly do: string;
    readonly data?: readonly number[];
    readonly label?: readonly number[];
    readonly expect?: Readonly<Record<string, readonly number[]>>;
  }[];
}

function largestExcess(got: HostArray | undefined, want: readonly number[], { rtol, atol }: Case["tolerance"]): number {
  if (got?.data.length !== want.length) return Number.POSITIVE_INFINITY;
  return Math.max(...want.map((value, i) => Math.abs(Number(got.data[i]) - value) - (atol + rtol * Math.abs(value))));
}

interface Way {
  readonly way: string;
  readonly spec: OperatorSpec;
  kernel(attributes: object, shape: readonly number[]): TfjsKernel;
}

function waysOn(backend: string): Way[] {
  const ported = specOfProp("centerloss", CenterLossProp);
  return [
    { way: "own kernel", spec: centerLoss, kernel: () => nativeKernel(backend) },
    ...(backend === "tensorflow"
      ? [{ way: "own kernel without native operators", spec: centerLoss, kernel: () => slowKernel(backend) }]
      : []),
    { way: "portable kernel", spec: centerLoss, kernel: () => nativeKernel("portable") },
    {
      way: "ported operator",
      spec: ported,
      kernel: (attributes, shape) =>
        kernelFor(
          { spec: ported, attributes, custom: true },
          backend,
          [shape, [shape[0] ?? 0]],
          ["float32", "float32"],
        ),
    },
  ];
}

function nativeKernel(backend: string): TfjsKernel {
  const kernel = Object.entries<TfjsKernel>(centerLossKernels).find(([name]) => name === backend)?.[1];
  if (!kernel) throw new Error(`no kernel for ${backend}`);
  return kernel;
}

function slowKernel(backend: string): TfjsKernel {
  const kernel = nativeKernel(backend);
  return {
    ...kernel,
    forward: (call) => withoutNativeOperators(() => kernel.forward(call)),
    backward: (call) => withoutNativeOperators(() => kernel.backward?.(call) ?? []),
  };
}

async function play({ shape, initial, steps, tolerance }: Case, bound: BoundOperator): Promise<void> {
  const reset = () => bound.setStates([initial.diff, initial.centers, initial.sum]);
  const total = new Float64Array((shape[0] ?? 0) * (shape[1] ?? 0));
  reset();
  for (const [i, step] of steps.entries()) {
    const got = new Map<string, HostArray>();
    if (step.do === "reset") reset();
    else if (step.do === "backward") {
      const gradient = await bound.backward();
      for (const [j, value] of gradient.data.entries()) total[j] = (total[j] ?? 0) + Number(value);
      got.set("grad", gradient).set("total_grad", float32Array(shape, total));
    } else {
      const data = float32Array(shape, step.data ?? []);
      got.set("loss", await bound.forward(step.do === "train", data, labelsOf(step.label ?? [])));
    }
    const states = await bound.stateValues();
    for (const [j, name] of ["diff", "centers", "sum"].entries()) got.set(name, states[j] ?? float32Array([0]));
    for (const [name, want] of Object.entries(step.expect ?? {})) {
      expect(largestExcess(got.get(name), want, tolerance), `${name} after step ${i} (${step.do})`).toBeLessThanOrEqual(
        0,
      );
    }
  }
}

describe.for(backends)("on %s", (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
  });

  describe.for(waysOn(backend))("$way", ({ spec, kernel }) => {
    test.for<Case>(cases)("gives what MXNet gives: $name", async (recorded) => {
      const attributes = spec.parse(new Map(Object.entries(recorded.attributes)));
      const before = tf.memory().numTensors;
      const bound = new BoundOperator(spec, kernel(attributes, recorded.shape), attributes, recorded.shape);
      if (recorded.error) await expect(play(recorded, bound)).rejects.toThrow(ValueError);
      else await play(recorded, bound);
      bound.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });
  });
});
