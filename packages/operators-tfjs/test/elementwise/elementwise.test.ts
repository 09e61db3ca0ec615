import { Random, type Shape } from "@mxgraft/base";
import type { OperatorSpec } from "@mxgraft/operator";
import { builtins } from "@mxgraft/operators";
import { download, type KernelTable, setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { elementwiseKernels } from "../../src/elementwise/elementwise-kernels.ts";
import { backends } from "../backends.ts";
import cases from "../cases/elementwise.json" with { type: "json" };

type Name = keyof typeof elementwiseKernels;
const specs: Readonly<Record<Name, OperatorSpec>> = builtins;
const kernels: Readonly<Record<Name, KernelTable>> = elementwiseKernels;

/** JSON has no NaN: "NaN", "Infinity" and "-Infinity" stand for them. */
type Value = number | string;

interface Values {
  readonly shape: Shape;
  readonly data: readonly Value[];
}

// Recorded from MXNet 1.9.1.
interface Case {
  readonly name: string;
  readonly operator: Name;
  readonly attributes: Readonly<Record<string, string>>;
  readonly arguments: readonly Values[];
  readonly output: Values;
  readonly head?: readonly Value[];
  readonly gradients?: readonly (readonly Value[] | null)[];
  readonly tolerance: { readonly rtol: number; readonly atol: number };
}

function tensorOf({ shape, data }: Values): tf.Tensor {
  return tf.tensor(data.map(Number), [...shape]);
}

async function check(what: string, got: tf.Tensor, want: Values, { rtol, atol }: Case["tolerance"]): Promise<void> {
  expect(got.shape, what).toEqual(want.shape);
  const { data } = await download(got, want.shape, "float32");
  const wrong = want.data.flatMap((text, i) => {
    const value = Math.fround(Number(text));
    const found = Number(data[i]);
    if (Object.is(found, value) || found === value || (Number.isNaN(found) && Number.isNaN(value))) return [];
    const near = Number.isFinite(value) && Math.abs(found - value) <= atol + rtol * Math.abs(value);
    return near ? [] : [`${what}[${i}] is ${found}, expected ${value}`];
  });
  expect(wrong).toEqual([]);
}

function now<T>(result: readonly T[] | Promise<readonly T[]> | undefined): T[] {
  if (result === undefined || result instanceof Promise) throw new Error("a kernel of elements waits for nothing");
  return [...result];
}

async function play(backend: string, recorded: Case): Promise<void> {
  const { operator, tolerance } = recorded;
  const spec = specs[operator];
  const table = kernels[operator];
  const kernel =
    (backend === "cpu" || backend === "wasm" || backend === "tensorflow" ? table[backend] : undefined) ??
    table.portable;
  if (!kernel) throw new Error(`no kernel for ${operator}`);
  const attributes = spec.parse(new Map(Object.entries(recorded.attributes)));
  const inputShapes = recorded.arguments.map(({ shape }) => shape);
  const known = { arguments: inputShapes, outputs: [undefined], auxiliaryStates: [] };
  const [shape] = spec.inferShape(attributes, known).outputs ?? [];
  expect(shape).toEqual(recorded.output.shape);

  const inputs = recorded.arguments.map(tensorOf);
  const common = { attributes, inputs, states: [], random: new Random(0) };
  const outputs = tf.tidy(() => now(kernel.forward({ ...common, outputShapes: [shape ?? []], isTrain: true })));
  const [output] = outputs;
  if (!output) throw new Error("no output");
  await check("output", output, recorded.output, tolerance);

  const { gradients } = recorded;
  if (gradients) {
    const head = recorded.head && tensorOf({ shape: recorded.output.shape, data: recorded.head });
    // As the executor does it: what the spec does not ask for is gone.
    const reads = spec.backwardReads(attributes);
    for (const [i, input] of inputs.entries()) if (!reads.arguments.includes(i)) input.dispose();
    if (!reads.outputs.includes(0)) output.dispose();
    const wanted = gradients.map((gradient) => gradient !== null);
    const call = { ...common, outputs, headGradients: [head], wanted, inputShapes };
    const got = now(kernel.backward?.(call));
    for (const [i, want] of gradients.entries()) {
      const gradient = got[i];
      const data = want ?? [];
      if (gradient) await check(`gradient ${i}`, gradient, { shape: inputShapes[i] ?? [], data }, tolerance);
      else expect(data.map(Number).every((value) => value === 0)).toBe(true);
    }
  }
}

describe.for(backends)("on %s", (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
  });

  test.for<Case>(cases as Case[])("gives what MXNet gives: $name", async (recorded) => {
    const before = tf.memory().numTensors;
    tf.engine().startScope();
    await play(backend, recorded);
    tf.engine().endScope();
    expect(tf.memory().numTensors).toBe(before);
  });
});
