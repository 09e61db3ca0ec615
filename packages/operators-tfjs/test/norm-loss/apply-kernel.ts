import { type HostArray, Random, type Shape } from "@mxgraft/base";
import type { Layout, LayoutWish } from "@mxgraft/operator";
import { builtins } from "@mxgraft/operators";
import { changeLayout, download, type KernelTable, type TfjsKernel, upload } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { builtinKernels } from "../../src/index.ts";

export type OperatorName = keyof typeof builtins;

/** One operator without states, forward and, when `heads` is given, backward. */
export interface Call {
  readonly operator: OperatorName;
  readonly attributes: Readonly<Record<string, string>>;
  readonly arguments: readonly HostArray[];
  readonly isTrain?: boolean;
  readonly heads?: readonly (HostArray | undefined)[];
  readonly seed?: number;
}

export interface CallResults {
  /** Visible outputs. */
  readonly outputs: readonly HostArray[];
  readonly gradients: readonly (HostArray | undefined)[];
}

function asLayout(wish: LayoutWish): Layout {
  return wish === "any" ? undefined : wish;
}

/** Runs a part of a kernel as the executor does: what a synchronous one allocates besides its results is freed. */
async function run<T extends readonly (tf.Tensor | undefined)[]>(kernel: TfjsKernel, part: () => T | Promise<T>) {
  if (kernel.asynchronous) return part();
  const engine = tf.engine();
  engine.startScope();
  const result = part();
  if (result instanceof Promise) throw new Error("the kernel must say that it is asynchronous");
  engine.endScope(result.filter((tensor) => tensor !== undefined));
  return result;
}

/** Runs one operator, synchronous or not, on the current backend, with what backward does not read already gone. */
export async function applyKernel(call: Call): Promise<CallResults> {
  const { operator, attributes: raw, arguments: given, isTrain = false, heads, seed = 1 } = call;
  const spec = builtins[operator];
  // The table pairs each spec with kernels of its own attributes; a name known only at run time loses that.
  const attributes = spec.parse(new Map(Object.entries(raw))) as never;
  const kernel: TfjsKernel | undefined = (builtinKernels[operator] as KernelTable).portable;
  if (!kernel) throw new Error(`no portable kernel for ${operator}`);
  const inputShapes = given.map(({ shape }) => shape);
  const inferred = spec.inferShape(attributes, {
    arguments: inputShapes,
    outputs: spec.outputs(attributes).map(() => undefined),
    auxiliaryStates: [],
  });
  const outputShapes = (inferred.outputs ?? []).map((shape): Shape => shape ?? []);
  const layouts = kernel.layouts?.(attributes, inputShapes, outputShapes);
  const inputLayouts = inputShapes.map((_, i) => asLayout(layouts?.arguments[i]));
  const outputLayouts = outputShapes.map((_, i) => asLayout(layouts?.outputs[i]));
  const random = new Random(seed);
  const inputs = given.map((array, i) => upload(array, inputLayouts[i]));
  const results = await run(kernel, () =>
    kernel.forward({ attributes, inputs, states: [], outputShapes, isTrain, random }),
  );
  if (results.length !== outputShapes.length) throw new Error(`${results.length} outputs, not ${outputShapes.length}`);
  const reads = spec.backwardReads(attributes);
  const gone = tf.scalar(0);
  gone.dispose();
  const headGradients = heads?.map((head, i) => head && upload(head, outputLayouts[i])) ?? [];
  const gradients = heads
    ? await run(
        kernel,
        () =>
          kernel.backward?.({
            attributes,
            headGradients,
            inputs: inputs.map((input, i) => (reads.arguments.includes(i) ? input : gone)),
            outputs: results.map((output, i) => (reads.outputs.includes(i) ? output : gone)),
            states: [],
            wanted: inputs.map(() => true),
            inputShapes,
            random,
          }) ?? [],
      )
    : [];
  const fetch = async (tensor: tf.Tensor, shape: Shape, layout: Layout): Promise<HostArray> => {
    const plain = tf.tidy(() => changeLayout(tensor, shape, layout, undefined));
    const array = await download(plain, shape, "float32");
    plain.dispose();
    return array;
  };
  const visible = spec.visibleOutputs(attributes);
  const answer = {
    outputs: await Promise.all(
      results.slice(0, visible).map((tensor, i) => fetch(tensor, outputShapes[i] ?? [], outputLayouts[i])),
    ),
    gradients: await Promise.all(
      inputs.map((_, i) => {
        const gradient = gradients[i];
        return gradient ? fetch(gradient, inputShapes[i] ?? [], inputLayouts[i]) : undefined;
      }),
    ),
  };
  tf.dispose([
    inputs,
    [...results],
    gradients.filter((tensor) => tensor !== undefined),
    headGradients.filter((tensor) => tensor !== undefined),
  ]);
  return answer;
}
