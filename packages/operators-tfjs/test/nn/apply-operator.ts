import { float32Array, type HostArray, Random, type Shape, sizeOf } from "@mxgraft/base";
import type { Layout, LayoutWish } from "@mxgraft/operator";
import { builtins } from "@mxgraft/operators";
import { changeLayout, createTensorCell, download, type KernelTable, type TfjsKernel, upload } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { expect } from "vitest";
import { builtinKernels } from "../../src/index.ts";

export type OperatorName = keyof typeof builtins;

export interface Application {
  readonly operator: OperatorName;
  readonly attributes: Readonly<Record<string, string>>;
  readonly arguments: readonly HostArray[];
  readonly states?: readonly HostArray[];
  readonly isTrain: boolean;
  /** Gradients of the visible outputs; backward runs when this is given, empty for a loss. */
  readonly heads?: readonly (HostArray | undefined)[];
  readonly seed?: number;
}

export interface Results {
  readonly outputs: readonly HostArray[];
  /** New values of the arguments that the spec says forward overwrites. */
  readonly mutated: readonly HostArray[];
  readonly gradients: readonly (HostArray | undefined)[];
  readonly statesAfterForward: readonly HostArray[];
  readonly states: readonly HostArray[];
}

function now<T>(result: T | Promise<T>): T {
  if (result instanceof Promise) throw new Error("a built-in operator waits for nothing");
  return result;
}

function asLayout(wish: LayoutWish): Layout {
  return wish === "any" ? undefined : wish;
}

/** Shapes of all outputs, from inference. */
export function inferredShapes({ operator, attributes: raw, arguments: given, states = [] }: Application) {
  const spec = builtins[operator];
  const attributes = spec.parse(new Map(Object.entries(raw))) as never;
  const { outputs = [] } = spec.inferShape(attributes, {
    arguments: given.map(({ shape }) => shape),
    outputs: spec.outputs(attributes).map(() => undefined),
    auxiliaryStates: states.map(({ shape }) => shape),
  });
  return outputs;
}

/**
 * Runs one operator on the current backend as the executor does: arrays in the layouts the kernel asks for, what
 * backward does not read already gone.
 */
export async function applyOperator(application: Application): Promise<Results> {
  const { operator, attributes: raw, arguments: given, states = [], isTrain, heads, seed = 1 } = application;
  const spec = builtins[operator];
  // The table pairs each spec with kernels of its own attributes; a name known only at run time loses that.
  const attributes = spec.parse(new Map(Object.entries(raw))) as never;
  const kernel: TfjsKernel | undefined = (builtinKernels[operator] as KernelTable).portable;
  if (!kernel) throw new Error(`no portable kernel for ${operator}`);
  const inputShapes = given.map(({ shape }) => shape);
  const outputShapes = inferredShapes(application).map((shape): Shape => shape ?? []);
  const layouts = kernel.layouts?.(attributes, inputShapes, outputShapes);
  const inputLayouts = inputShapes.map((_, i) => asLayout(layouts?.arguments[i]));
  const outputLayouts = outputShapes.map((_, i) => asLayout(layouts?.outputs[i]));
  const random = new Random(seed);
  const cells = states.map((state, i) => {
    const cell = createTensorCell(`state${i}`, state.shape, "float32");
    cell.set(state);
    return cell;
  });
  const inputs = given.map((array, i) => upload(array, inputLayouts[i]));
  const forward = tf.tidy(() => [
    ...now(kernel.forward({ attributes, inputs, states: cells, outputShapes, isTrain, random })),
  ]);
  expect(forward).toHaveLength(outputShapes.length + spec.mutates(attributes).length);
  const results = forward.slice(0, outputShapes.length);
  const statesAfterForward = await Promise.all(cells.map((cell) => cell.toHost()));
  const gone = tf.scalar(0);
  gone.dispose();
  const reads = spec.backwardReads(attributes);
  const gradients = tf.tidy(() => {
    if (!heads) return [];
    const headGradients = heads.map((head, i) => head && upload(head, outputLayouts[i]));
    const result = now(
      kernel.backward?.({
        attributes,
        headGradients,
        inputs: inputs.map((input, i) => (reads.arguments.includes(i) ? input : gone)),
        outputs: results.map((output, i) => (reads.outputs.includes(i) ? output : gone)),
        states: cells,
        wanted: inputs.map(() => true),
        inputShapes,
        random,
      }) ?? [],
    );
    return inputs.map((_, i) => result[i] ?? tf.tensor1d([]));
  });
  const fetch = async (tensor: tf.Tensor, shape: Shape, layout: Layout): Promise<HostArray> => {
    // A mask of one number stands for its shape.
    const whole = tensor.rank === 0 && shape.length > 0;
    const plain = tf.tidy(() =>
      whole ? tf.fill([...shape], tensor.dataSync()[0] ?? 0) : changeLayout(tensor, shape, layout, undefined),
    );
    const array = await download(plain, shape, "float32");
    plain.dispose();
    return array;
  };
  const mutates = spec.mutates(attributes);
  const answer: Results = {
    outputs: await Promise.all(results.map((tensor, i) => fetch(tensor, outputShapes[i] ?? [], outputLayouts[i]))),
    mutated: await Promise.all(
      forward.slice(results.length).map((tensor, i) => {
        const argument = mutates[i] ?? 0;
        return fetch(tensor, inputShapes[argument] ?? [], inputLayouts[argument]);
      }),
    ),
    gradients: await Promise.all(
      gradients.map((tensor, i) =>
        tensor.size === 0 ? undefined : fetch(tensor, inputShapes[i] ?? [], inputLayouts[i]),
      ),
    ),
    statesAfterForward,
    states: await Promise.all(cells.map((cell) => cell.toHost())),
  };
  tf.dispose([inputs, forward, gradients]);
  for (const cell of cells) cell.dispose();
  return answer;
}

/** Numbers evenly spaced between -1 and 1 in an order that depends on the seed: no two are near each other or 0. */
export function randomArray(shape: Shape, seed: number): HostArray<"float32"> {
  const size = sizeOf(shape);
  const values = Array.from({ length: size }, (_, i) => (2 * i + 0.7) / size - 1);
  new Random(seed).shuffle(values);
  return float32Array(shape, values);
}
