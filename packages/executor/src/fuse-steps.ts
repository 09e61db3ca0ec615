import { equalShapes } from "@mxgraft/base";
import type { Followers, FusedActivation, FusedKernel } from "@mxgraft/operator";
import { sameLayout, type TensorCell } from "@mxgraft/tfjs";
import type * as tf from "@tensorflow/tfjs";
import type { BoundOperatorStep, BoundStep } from "./bound-step.ts";
import type { ExecutorCells } from "./executor.ts";
import type { Plan, Slot } from "./plan.ts";
import { keepsOrder, takesMaxima } from "./pool-first.ts";

/** Neighbouring steps that an evaluation computes in one: activation(affine(linear(data)) + residual). */
export interface FusedStep {
  readonly kind: "fused";
  /** The step whose kernel computes all of it. */
  readonly linear: BoundOperatorStep;
  readonly kernel: FusedKernel<object, tf.Tensor>;
  readonly algorithm: string;
  /** Cells of the arguments of `linear` behind the first. */
  readonly weights: readonly TensorCell[];
  readonly affine?: { readonly step: BoundOperatorStep; readonly weights: readonly TensorCell[] } | undefined;
  /** Slots. */
  readonly data: number;
  readonly residual: number | undefined;
  readonly output: number;
  readonly activation: FusedActivation | undefined;
  /** Position among the fused steps. */
  readonly index: number;
  readonly frees: readonly number[];
}

export interface FuseOptions extends Pick<ExecutorCells, "argCells"> {
  readonly plan: Plan;
  readonly steps: readonly BoundStep[];
  /** Whether a step with a fused kernel can be fused here. */
  accepts(step: BoundOperatorStep): boolean;
}

/** Steps as an evaluation runs them, or `undefined` when none can be fused. */
export function fuseSteps(options: FuseOptions): readonly (BoundStep | FusedStep)[] | undefined {
  const { plan, steps } = options;
  const fused = new Map<BoundStep, FusedStep>();
  const taken = new Set<BoundStep>();
  const replaced = new Map<BoundStep, BoundStep>();
  const search = new ChainSearch(options, taken);
  for (const step of steps) {
    if (step.kind !== "operator" || taken.has(step)) continue;
    const chain = search.chainFrom(step, fused.size);
    if (chain === undefined) continue;
    for (const member of chain.members) taken.add(member);
    fused.set(chain.last, chain.fused);
    if (chain.pooled === undefined) continue;
    const { pooling, activation } = chain.pooled;
    taken.add(activation);
    replaced.set(pooling, { ...pooling, outputs: activation.outputs });
  }
  if (fused.size === 0) return undefined;
  const run = steps.flatMap((step): (BoundStep | FusedStep)[] => {
    const whole = fused.get(step);
    if (whole !== undefined) return [whole];
    return taken.has(step) ? [] : [replaced.get(step) ?? step];
  });
  return withFrees(run, plan);
}

class ChainSearch {
  readonly #options: FuseOptions;
  readonly #taken: ReadonlySet<BoundStep>;
  /** The operator step that takes a slot as an argument. */
  readonly #userOf = new Map<number, BoundOperatorStep>();
  /** Names of the variables that steps overwrite, with the step. */
  readonly #overwritten = new Map<string, Set<BoundStep>>();

  constructor(options: FuseOptions, taken: ReadonlySet<BoundStep>) {
    this.#options = options;
    this.#taken = taken;
    for (const step of options.steps) {
      if (step.kind !== "operator") continue;
      for (const id of step.inputs) this.#userOf.set(id, step);
      for (const name of step.mutated) {
        if (name !== undefined) this.#overwritten.set(name, (this.#overwritten.get(name) ?? new Set()).add(step));
      }
    }
  }

  chainFrom(linear: BoundOperatorStep, index: number) {
    const kernel = linear.kernel.fused;
    const [data] = linear.inputs;
    if (kernel === undefined || data === undefined || !this.#options.accepts(linear)) return undefined;
    const weights = this.#cellsOf(linear.inputs.slice(1));
    if (weights === undefined || !this.#isFloat(data)) return undefined;
    const members: BoundOperatorStep[] = [linear];
    let affine: FusedStep["affine"];
    let residual: number | undefined;
    let activation: FusedActivation | undefined;
    while (activation === undefined) {
      const last = members.at(-1) ?? linear;
      const next = this.#onlyUser(last);
      const [output] = last.outputs;
      if (next === undefined || output === undefined) break;
      if (next.kernel.affine !== undefined && next.inputs[0] === output && last === linear) {
        const own = this.#cellsOf(next.inputs.slice(1));
        if (own === undefined || next.stateCells.some((cell) => cell.kind !== "tensor")) break;
        affine = { step: next, weights: own };
      } else {
        const function_ = next.kernel.elementwise?.(next.operator.attributes);
        if (function_ === "sum" && residual === undefined) {
          const other = next.inputs.find((id) => id !== output);
          if (other === undefined || !this.#isAlike(other, output) || !this.#isAlike(next.outputs[0], output)) break;
          residual = other;
        } else if (function_ !== undefined && function_ !== "sum") activation = function_;
        else break;
      }
      members.push(next);
    }
    const pooled = activation === undefined ? this.#pooledActivation(members.at(-1) ?? linear) : undefined;
    activation ??= pooled?.function;
    const followers: Followers = { affine: affine !== undefined, sum: residual !== undefined, activation };
    const algorithm = kernel.choose(linear.operator.attributes, linear.inputShapes, followers);
    const last = members.at(-1) ?? linear;
    const [output] = last.outputs;
    if (algorithm === undefined || output === undefined || this.#isOverwritten(members)) return undefined;
    const fused: FusedStep = {
      kind: "fused",
      linear,
      kernel,
      algorithm,
      weights,
      affine,
      data,
      residual,
      output,
      activation,
      index,
      frees: [],
    };
    return { members, last, fused, pooled };
  }

  /**
   * A function of the maxima of what a step gives. `poolFirst` has put it behind them; in front of them it costs
   * nothing, computed along with the step.
   */
  #pooledActivation(last: BoundOperatorStep) {
    const pooling = this.#onlyUser(last);
    if (pooling === undefined || !takesMaxima(pooling)) return undefined;
    const activation = this.#onlyUser(pooling);
    if (activation === undefined || !keepsOrder(activation)) return undefined;
    const function_ = activation.kernel.elementwise?.(activation.operator.attributes);
    return function_ === undefined || function_ === "sum" ? undefined : { pooling, activation, function: function_ };
  }

  /** The step that alone uses what a step gives. */
  #onlyUser({ outputs: [output, ...others] }: BoundOperatorStep): BoundOperatorStep | undefined {
    if (output === undefined || this.#slot(output)?.users !== 1) return undefined;
    if (others.some((id) => this.#slot(id)?.users !== 0)) return undefined;
    const user = this.#userOf.get(output);
    if (user === undefined || this.#taken.has(user)) return undefined;
    // What the user gives besides its first output would not be there.
    return user.outputs.slice(1).every((id) => this.#slot(id)?.users === 0) ? user : undefined;
  }

  /** Whether a step outside of the chain changes a variable that the chain reads: it reads later than it would alone. */
  #isOverwritten(members: readonly BoundOperatorStep[]): boolean {
    const names = members.flatMap(({ inputs }) => inputs.map((id) => this.#slot(id)?.variable));
    return names.some((name) => {
      if (name === undefined) return false;
      return [...(this.#overwritten.get(name) ?? [])].some((step) => !members.some((member) => member === step));
    });
  }

  #cellsOf(ids: readonly number[]): TensorCell[] | undefined {
    const cells: TensorCell[] = [];
    for (const id of ids) {
      const name = this.#slot(id)?.variable;
      const cell = name === undefined ? undefined : this.#options.argCells.get(name);
      if (cell === undefined || cell.dtype !== "float32") return undefined;
      cells.push(cell);
    }
    return cells;
  }

  #isFloat(id: number): boolean {
    return this.#slot(id)?.dtype === "float32";
  }

  #isAlike(id: number | undefined, other: number): boolean {
    const [a, b] = [id === undefined ? undefined : this.#slot(id), this.#slot(other)];
    return (
      a !== undefined &&
      b !== undefined &&
      a.dtype === b.dtype &&
      equalShapes(a.shape, b.shape) &&
      sameLayout(a.layout, b.layout)
    );
  }

  #slot(id: number): Slot | undefined {
    return this.#options.plan.slots[id];
  }
}

/** Frees every value after the last step that reads it: a fused step reads later than its first step would. */
function withFrees(steps: readonly (BoundStep | FusedStep)[], { slots, outputs }: Plan): (BoundStep | FusedStep)[] {
  const kept = new Set(outputs.map(({ slot }) => slot));
  const lastUse = new Map<number, number>();
  for (const [position, step] of steps.entries()) for (const id of slotsOf(step)) lastUse.set(id, position);
  const frees = steps.map((): number[] => []);
  for (const [id, position] of lastUse) {
    if (!kept.has(id) && slots[id]?.variable === undefined) frees[position]?.push(id);
  }
  return steps.map((step, position) => ({ ...step, frees: frees[position] ?? [] }));
}

function slotsOf(step: BoundStep | FusedStep): readonly number[] {
  if (step.kind === "layout") return [step.from, step.to];
  if (step.kind === "operator") return [...step.inputs, ...step.outputs];
  const { data, residual, output } = step;
  return residual === undefined ? [data, output] : [data, residual, output];
}
