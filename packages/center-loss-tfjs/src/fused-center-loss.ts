import { invariant } from "@mxgraft/base";
import { classesOf } from "@mxgraft/center-loss";
import {
  booleanAttribute,
  loadNativeOperators,
  type OpAttribute,
  ResourceVariable,
  type StateCell,
  type TensorId,
  type TensorMetadata,
  type TfjsNodeBackend,
  tfjsNodeBackend,
} from "@mxgraft/tfjs";
import type * as tf from "@tensorflow/tfjs";

/** Name under which package.json declares the operators of `native/`. */
export const NATIVE_OPERATORS = "center-loss";

/** Scalars that TensorFlow holds for later steps, by value; more would be values that change from step to step. */
const MOST_SCALARS = 64;
const scalars = new Map<number, TensorId>();

function scalar({ binding }: TfjsNodeBackend, value: number): TensorId {
  const known = scalars.get(value);
  if (known !== undefined) return known;
  for (const [oldest, id] of scalars) {
    if (scalars.size < MOST_SCALARS) break;
    binding.deleteTensor(id);
    scalars.delete(oldest);
  }
  const id = binding.createTensor([], binding.TF_FLOAT, Float32Array.of(value));
  scalars.set(value, id);
  return id;
}

const NO_ATTRIBUTES: readonly OpAttribute[] = [];

/** What was found for a table: looking whether the operators are there takes as long as a small step's arithmetic. */
const found = new WeakMap<ResourceVariable, FusedCenterLoss | "missing">();

/**
 * Center loss by the operators of `native/`, whose description is in `native/center-loss-ops.cc`: each call is one of
 * TensorFlow's, reads nothing back, and touches only the rows of the table that the batch names.
 */
export class FusedCenterLoss {
  readonly #backend: TfjsNodeBackend;
  readonly #centers: ResourceVariable;

  private constructor(centers: ResourceVariable) {
    this.#backend = tfjsNodeBackend();
    this.#centers = centers;
  }

  /** For a table and features, if the operators were there at its first step and take them: see `loadNativeOperators`. */
  static find(centers: StateCell, features: tf.Tensor, labels: tf.Tensor): FusedCenterLoss | undefined {
    if (centers.kind !== "variable" || !(centers.variable instanceof ResourceVariable)) return undefined;
    if (features.dtype !== "float32" || (labels.dtype !== "float32" && labels.dtype !== "int32")) return undefined;
    let own = found.get(centers.variable);
    if (own === undefined) {
      const { available } = loadNativeOperators(NATIVE_OPERATORS);
      own = available ? new FusedCenterLoss(centers.variable) : "missing";
      found.set(centers.variable, own);
    }
    return own === "missing" ? undefined : own;
  }

  /**
   * The loss, (1) or a scalar, and features - center of the own class (N, D).
   *
   * @throws ValueError  a label is no class index.
   */
  forward(features: tf.Tensor, labels: tf.Tensor, loss: "vector" | "scalar") {
    // An attribute costs a microsecond, a tenth of a small step.
    const attributes =
      loss === "scalar" ? NO_ATTRIBUTES : [booleanAttribute(this.#backend.binding, "scalar_loss", false)];
    const [value, diff] = this.#run("MxgraftCenterLossForward", attributes, [features, labels], [], 2);
    invariant(value && diff, "the operator gave fewer than two arrays");
    return { loss: value, diff };
  }

  /**
   * Moves the centers and gives the gradient, scale/N * diff (N, D).
   *
   * @param diff  as `forward` gave it; rows beyond those of `labels` do not count.
   * @throws ValueError  a label is no class index; no center has moved then.
   */
  backward(diff: tf.Tensor, labels: tf.Tensor, alpha: number, scale: number): tf.Tensor {
    const [gradient] = this.#run("MxgraftCenterLossBackward", NO_ATTRIBUTES, [diff, labels], [alpha, scale], 1);
    invariant(gradient, "the operator gave no array");
    return gradient;
  }

  /**
   * The loss, a scalar, and the gradient (N, D); moves the centers. All in one pass over the features.
   *
   * @throws ValueError  a label is no class index; no center has moved then.
   */
  step(features: tf.Tensor, labels: tf.Tensor, alpha: number, scale: number) {
    const [loss, gradient] = this.#run("MxgraftCenterLossStep", NO_ATTRIBUTES, [features, labels], [alpha, scale], 2);
    invariant(loss && gradient, "the operator gave fewer than two arrays");
    return { loss, gradient };
  }

  #run(
    operator: string,
    attributes: readonly OpAttribute[],
    tensors: readonly [tf.Tensor, tf.Tensor],
    values: readonly number[],
    outputs: number,
  ): tf.Tensor[] {
    const backend = this.#backend;
    const inputs = [this.#centers.handle, ...backend.getInputTensorIds(tensors)];
    for (const value of values) inputs.push(scalar(backend, value));
    let results: TensorMetadata[];
    try {
      results = backend.binding.executeOp(operator, attributes, inputs, outputs);
    } catch (error) {
      // TensorFlow's error is text alone. That of a wrong label has its facts as data.
      classesOf(tensors[1].dataSync(), this.#centers.shape[0] ?? 0);
      throw error;
    }
    return results.map((result) => backend.createOutputTensor(result));
  }
}
