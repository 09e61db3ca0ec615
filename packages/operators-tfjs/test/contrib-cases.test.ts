import { float32Array, Random, toFloat32 } from "@mxgraft/base";
import type { OperatorSpec } from "@mxgraft/operator";
import { builtins } from "@mxgraft/operators";
import { type KernelTable, setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { builtinKernels, installWasmKernels } from "../src/index.ts";
import { backends } from "./backends.ts";
import cases from "./cases/contrib.json" with { type: "json" };
import { expectClose, type Recorded, recordedArray, type Tolerance } from "./recorded.ts";

/** One operator as MXNet 1.9.1 computed it, in numbers of seven digits. */
interface Case {
  readonly operator: keyof typeof builtins;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly arguments: readonly Recorded[];
  readonly outputs: readonly Recorded[];
  readonly mutated?: readonly Recorded[];
  readonly heads?: readonly Recorded[];
  readonly gradients?: readonly Recorded[];
  readonly tolerance: Tolerance;
}

function upload(recorded: Recorded): tf.Tensor {
  return tf.tensor(toFloat32(recordedArray(recorded)), [...recorded.shape]);
}

function expectTensor(got: tf.Tensor | undefined, want: Recorded, tolerance: Tolerance, what: string): void {
  expectClose(got && float32Array(got.shape, [...got.dataSync()]), want, tolerance, what);
}

/** What a kernel returns, without what it leaves behind if it waits for nothing. */
async function kept(
  asynchronous: boolean | undefined,
  run: () => readonly (tf.Tensor | undefined)[] | Promise<readonly (tf.Tensor | undefined)[]>,
): Promise<readonly (tf.Tensor | undefined)[]> {
  if (asynchronous) return run();
  const tensors: (tf.Tensor | undefined)[] = [];
  tf.tidy(() => {
    const result = run();
    if (result instanceof Promise) throw new Error("a kernel that waits must say so");
    tensors.push(...result.map((tensor) => tensor && tf.keep(tensor)));
  });
  return tensors;
}

describe.for(backends)("on %s", (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
    if (backend === "wasm") installWasmKernels();
  });

  test.for(cases as readonly Case[])("$operator: $name is what MXNet computes", async (recorded) => {
    const before = tf.memory().numTensors;
    const spec: OperatorSpec = builtins[recorded.operator];
    const kernel = (builtinKernels[recorded.operator] as KernelTable).portable;
    const attributes = spec.parse(new Map(Object.entries(recorded.attributes)));
    const argumentShapes = recorded.arguments.map(({ shape }) => shape);
    const outputNames = spec.outputs(attributes);
    const inferred = spec.inferShape(attributes, {
      arguments: argumentShapes,
      outputs: outputNames.map(() => undefined),
      auxiliaryStates: [],
    });
    expect(inferred.outputs).toEqual(recorded.outputs.map(({ shape }) => shape));
    const inputs = recorded.arguments.map(upload);
    const random = new Random(1);
    const outputShapes = recorded.outputs.map(({ shape }) => shape);
    const results = await kept(
      kernel?.asynchronous,
      () => kernel?.forward({ attributes, inputs, states: [], outputShapes, isTrain: true, random }) ?? [],
    );
    const { tolerance } = recorded;
    for (const [i, want] of recorded.outputs.entries()) expectTensor(results[i], want, tolerance, `output ${i}`);
    expect(results).toHaveLength(recorded.outputs.length + spec.mutates(attributes).length);
    for (const [i, want] of (recorded.mutated ?? []).entries()) {
      expectTensor(results[outputNames.length + i], want, tolerance, `new value ${i}`);
    }
    const headGradients = (recorded.heads ?? []).map(upload);
    const gradients = await kept(kernel?.asynchronous, () => {
      if (!recorded.gradients || !kernel?.backward) return [];
      const outputs = results.flatMap((tensor) => tensor ?? []);
      const wanted = inputs.map(() => true);
      return kernel.backward({
        attributes,
        headGradients,
        inputs,
        outputs,
        states: [],
        wanted,
        inputShapes: argumentShapes,
        random,
      });
    });
    for (const [i, want] of (recorded.gradients ?? []).entries()) {
      expectTensor(gradients[i], want, tolerance, `gradient of argument ${i}`);
    }
    tf.dispose([...inputs, ...headGradients, ...results.flatMap((t) => t ?? []), ...gradients.flatMap((t) => t ?? [])]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test.for([
    { operator: "_random_uniform", attributes: { low: "-1", high: "3" }, mean: 1, deviation: 4 / Math.sqrt(12) },
    { operator: "_random_normal", attributes: { loc: "2", scale: "0.5" }, mean: 2, deviation: 0.5 },
  ] as const)(
    "$operator has the moments of its distribution",
    async ({ operator, attributes: raw, mean, deviation }) => {
      const count = 20000;
      const spec: OperatorSpec = builtins[operator];
      const kernel = (builtinKernels[operator] as KernelTable).portable;
      const attributes = spec.parse(new Map(Object.entries({ ...raw, shape: `(${count},)`, dtype: "None" })));
      const outputShapes = [[count]];
      const random = new Random(3);
      const [drawn] = await kept(
        false,
        () => kernel?.forward({ attributes, inputs: [], states: [], outputShapes, isTrain: true, random }) ?? [],
      );
      const values = [...(drawn?.dataSync() ?? [])];
      const found = values.reduce((sum, value) => sum + value, 0) / count;
      const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - found) ** 2, 0) / count);
      // Five standard errors.
      expect(Math.abs(found - mean)).toBeLessThan((5 * deviation) / Math.sqrt(count));
      expect(Math.abs(spread - deviation)).toBeLessThan((5 * deviation) / Math.sqrt(count));
      drawn?.dispose();
    },
  );
});
