import { type HostArray, Random } from "@mxgraft/base";
import type { OperatorSpec } from "@mxgraft/operator";
import { builtins } from "@mxgraft/operators";
import { download, type KernelTable, setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { updateRuleKernels } from "../../src/update/update-rule-kernels.ts";
import { backends } from "../backends.ts";
import cases from "../cases/updates.json" with { type: "json" };

type Rule = keyof typeof updateRuleKernels;
const kernels: Readonly<Record<Rule, KernelTable>> = updateRuleKernels;
type Strings = Readonly<Record<string, string>>;

// Recorded from the optimizers of MXNet 1.9.1: the weight after each of eight updates, the slots at the end. The
// attributes are those that MXNet's optimizer gives its update operator.
interface Case {
  readonly name: string;
  readonly operator: Rule;
  readonly shape: readonly number[];
  readonly initial: readonly number[];
  readonly steps: readonly {
    readonly attributes: Strings;
    readonly phase2?: Strings;
    readonly grad: readonly number[];
    readonly weight: readonly number[];
  }[];
  readonly slots: readonly (readonly number[])[];
  readonly tolerance: { readonly rtol: number; readonly atol: number };
}

function apply(rule: Rule, given: Strings, inputs: tf.Tensor[]): tf.Tensor[] {
  const spec: OperatorSpec = builtins[rule];
  const attributes = spec.parse(new Map(Object.entries(given)));
  const kernel = kernels[rule].portable;
  if (!kernel) throw new Error(`no kernel for ${rule}`);
  const results = tf.tidy(() => {
    const [first] = inputs;
    const outputShapes = [first?.shape ?? []];
    const given = kernel.forward({
      attributes,
      inputs,
      states: [],
      outputShapes,
      isTrain: true,
      random: new Random(0),
    });
    if (given instanceof Promise) throw new Error("an update rule waits for nothing");
    return [...given];
  });
  expect(results).toHaveLength(1 + spec.mutates(attributes).length);
  return results;
}

function step(rule: Rule, { attributes, phase2 }: Case["steps"][number], inputs: tf.Tensor[]): tf.Tensor[] {
  const results = apply(rule, attributes, inputs);
  const [direction, ...slots] = results;
  const [weight] = inputs;
  if (phase2 === undefined || !direction || !weight) return results;
  const norms = tf.tidy(() => [weight, direction].map((x) => tf.reshape(tf.norm(x), [1])));
  const stepped = apply("lamb_update_phase2", phase2, [weight, direction, ...norms]);
  tf.dispose([direction, norms]);
  return [...stepped, ...slots];
}

function excess(got: HostArray, want: readonly number[], { rtol, atol }: Case["tolerance"]): number {
  if (got.data.length !== want.length) return Number.POSITIVE_INFINITY;
  return Math.max(...want.map((value, i) => Math.abs(Number(got.data[i]) - value) - (atol + rtol * Math.abs(value))));
}

describe.for(backends)("on %s", (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
  });

  test.for<Case>(cases as Case[])("gives MXNet's weights: $name", async (recorded) => {
    const { operator, shape, initial, steps, slots, tolerance } = recorded;
    const before = tf.memory().numTensors;
    let state = [tf.tensor([...initial], [...shape]), ...slots.map(() => tf.zeros([...shape]))];
    for (const [i, recordedStep] of steps.entries()) {
      const grad = tf.tensor([...recordedStep.grad], [...shape]);
      const [weight, ...others] = state;
      if (!weight) throw new Error("no weight");
      const next = step(operator, recordedStep, [weight, grad, ...others]);
      tf.dispose([grad, state]);
      state = next;
      const [updated] = state;
      if (!updated) throw new Error("no new weight");
      expect(
        excess(await download(updated, shape, "float32"), recordedStep.weight, tolerance),
        `update ${i + 1}`,
      ).toBeLessThanOrEqual(0);
    }
    for (const [i, want] of slots.entries()) {
      const slot = state[i + 1];
      if (!slot) throw new Error("too few slots");
      expect(excess(await download(slot, shape, "float32"), want, tolerance), `slot ${i}`).toBeLessThanOrEqual(0);
    }
    tf.dispose(state);
    expect(tf.memory().numTensors).toBe(before);
  });
});
