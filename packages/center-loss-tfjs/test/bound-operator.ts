import { castHostArray, type DType, float32Array, type HostArray, hostArray, Random, type Shape } from "@mxgraft/base";
import type { OperatorSpec } from "@mxgraft/operator";
import { createStateCell, download, type StateCell, type TfjsKernel, upload } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

/** A center loss bound to shapes, driven as the executor does it. */
export class BoundOperator {
  readonly states: readonly StateCell[];
  readonly #kernel: TfjsKernel;
  readonly #attributes: object;
  #inputs: tf.Tensor[] = [];

  constructor(spec: OperatorSpec, kernel: TfjsKernel, attributes: object, dataShape: Shape) {
    this.#kernel = kernel;
    this.#attributes = attributes;
    const names = spec.auxiliaryStates(attributes);
    const { auxiliaryStates = [] } = spec.inferShape(attributes, {
      arguments: [dataShape, [dataShape[0] ?? 0]],
      outputs: [undefined],
      auxiliaryStates: names.map(() => undefined),
    });
    const storage = kernel.storage?.(attributes) ?? names.map(() => "tensor" as const);
    this.states = names.map((name, i) =>
      createStateCell({ name, shape: auxiliaryStates[i] ?? [], dtype: "float32", storage: storage[i] ?? "tensor" }),
    );
  }

  setStates(values: readonly (readonly number[])[]): void {
    for (const [i, cell] of this.states.entries()) cell.set(float32Array(cell.shape, values[i] ?? []));
  }

  async stateValues(): Promise<HostArray[]> {
    return Promise.all(this.states.map((cell) => cell.toHost()));
  }

  async forward(isTrain: boolean, data: HostArray, label: HostArray): Promise<HostArray> {
    tf.dispose(this.#inputs);
    this.#inputs = [upload(data), upload(label)];
    const call = {
      attributes: this.#attributes,
      inputs: this.#inputs,
      states: this.states,
      outputShapes: [[1]],
      isTrain,
      random: new Random(0),
    };
    const outputs = this.#kernel.asynchronous
      ? await this.#kernel.forward(call)
      : tf.tidy(() => [...this.#now(this.#kernel.forward(call))]);
    return this.#fetch(outputs[0], [1]);
  }

  async backward(): Promise<HostArray> {
    const inputShapes = this.#inputs.map((input) => input.shape);
    const [data, label] = this.#inputs;
    if (!data || !label) throw new Error("backward before forward");
    const call = {
      attributes: this.#attributes,
      headGradients: [undefined],
      inputs: [data, label],
      outputs: [data],
      states: this.states,
      wanted: [true, false],
      inputShapes,
      random: new Random(0),
    };
    const gradients = this.#kernel.asynchronous
      ? await this.#kernel.backward?.(call)
      : tf.tidy(() => [...this.#now(this.#kernel.backward?.(call) ?? [])].filter((g) => g !== undefined));
    return this.#fetch(gradients?.[0], inputShapes[0] ?? []);
  }

  dispose(): void {
    tf.dispose(this.#inputs);
    for (const cell of this.states) cell.dispose();
  }

  #now<T extends object>(result: T | Promise<T>): T {
    if (result instanceof Promise) throw new Error("a kernel that is not asynchronous returned a promise");
    return result;
  }

  async #fetch(tensor: tf.Tensor | undefined, shape: Shape): Promise<HostArray> {
    if (!tensor) throw new Error("the kernel returned nothing");
    if (tensor.shape.join() !== shape.join()) throw new Error(`shape (${tensor.shape}), expected (${shape})`);
    const values = await download(tensor, shape, "float32");
    tensor.dispose();
    return values;
  }
}

export function labelsOf(values: readonly number[], dtype: DType = "float32"): HostArray {
  return castHostArray(hostArray("float32", [values.length], Float32Array.from(values)), dtype);
}
