import { invariant } from "@mxgraft/base";
import type { TensorCell } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import type { BoundStep } from "./bound-step.ts";
import { type FusedStep, type FuseOptions, fuseSteps } from "./fuse-steps.ts";

/** Tensors made of weights, for each fused step. */
export type PreparedWeights = readonly (readonly tf.Tensor[])[];

/** Makes tensors that serve in the place of prepared ones; those that may stay are the same. */
export type PackWeights = (steps: readonly FusedStep[], prepared: PreparedWeights) => PreparedWeights;

/**
 * The steps of an evaluation with neighbours fused, and what is prepared of their weights: once, and again only when a
 * weight has changed.
 */
export class FusedEvaluation {
  /** The same as in the plan when nothing can be fused. */
  readonly steps: readonly (BoundStep | FusedStep)[];
  readonly #fused: readonly FusedStep[];
  /** What the prepared weights are made of. */
  readonly #sources: readonly TensorCell[];
  /** Arguments that an operator overwrites, with a value that does not depend on the old one. */
  readonly #overwritten: readonly TensorCell[];
  readonly #isFixed: boolean;
  readonly #pack: PackWeights;
  #prepared: PreparedWeights = [];
  #preparedVersion: number | undefined;
  #lastVersion: number | undefined;

  /** @param trains  whether weights may change between two evaluations: then one that found them changed is not fused. */
  constructor(options: FuseOptions, trains: boolean, pack: PackWeights) {
    this.#pack = pack;
    this.steps = fuseSteps(options) ?? options.steps;
    this.#fused = this.steps.filter((step) => step.kind === "fused").sort((a, b) => a.index - b.index);
    this.#isFixed = !trains;
    const overwritten = new Set<TensorCell>();
    const sources = new Set<TensorCell>();
    for (const { weights, affine } of this.#fused) {
      for (const cell of [...weights, ...(affine?.weights ?? [])]) sources.add(cell);
      for (const cell of affine?.step.stateCells ?? []) if (cell.kind === "tensor") sources.add(cell);
      for (const cell of affine?.step.mutatedCells ?? []) if (cell !== undefined) overwritten.add(cell);
    }
    this.#sources = [...sources].filter((cell) => !overwritten.has(cell));
    this.#overwritten = [...overwritten];
  }

  /**
   * The prepared weights, or `undefined` when the steps are to be run one after the other: nothing can be fused, or
   * the weights have changed since the last evaluation and may do so again, which preparing them would not repay.
   */
  prepare(): PreparedWeights | undefined {
    if (this.#fused.length === 0) return undefined;
    const version = versionOf(this.#sources);
    const isSteady = this.#isFixed || version === this.#lastVersion;
    this.#lastVersion = version;
    if (this.#preparedVersion === version + versionOf(this.#overwritten)) return this.#prepared;
    this.release();
    if (!isSteady) return undefined;
    this.#prepared = this.#fused.map(prepareStep);
    const packed = this.#pack(this.#fused, this.#prepared);
    const kept = new Set(packed.flat());
    for (const tensor of this.#prepared.flat()) if (!kept.has(tensor)) tensor.dispose();
    this.#prepared = packed;
    this.#preparedVersion = version + versionOf(this.#overwritten);
    return this.#prepared;
  }

  /** Frees the prepared weights; they are made anew when they are asked for. */
  release(): void {
    for (const tensors of this.#prepared) for (const tensor of tensors) tensor.dispose();
    this.#prepared = [];
    this.#preparedVersion = undefined;
  }
}

/** Versions only rise, so their sum tells whether one has. */
function versionOf(cells: readonly TensorCell[]): number {
  let sum = 0;
  for (const cell of cells) sum += cell.version;
  return sum;
}

function prepareStep({ kernel, algorithm, linear, weights, affine }: FusedStep): readonly tf.Tensor[] {
  const engine = tf.engine();
  engine.startScope("prepare");
  let prepared: readonly tf.Tensor[] = [];
  try {
    const follower = affine && followerOf(affine);
    for (const [i, cell] of affine?.step.mutatedCells.entries() ?? []) {
      const value = follower?.mutated[i];
      if (value !== undefined) cell?.write(value);
    }
    const { attributes } = linear.operator;
    prepared = kernel.prepare({ attributes, algorithm, weights: weights.map((cell) => cell.read()), affine: follower });
    for (const tensor of prepared) tf.keep(tensor);
  } finally {
    engine.endScope([...prepared]);
  }
  return prepared;
}

function followerOf({ step, weights }: NonNullable<FusedStep["affine"]>) {
  const { kernel, operator, stateCells } = step;
  invariant(kernel.affine, `${step.node}: the kernel is not affine`);
  return kernel.affine({
    attributes: operator.attributes,
    weights: weights.map((cell) => cell.read()),
    states: stateCells,
  });
}
