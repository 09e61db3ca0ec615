import { invariant } from "@mxgraft/base";
import type { GraphValue } from "@mxgraft/operator";
import { nodeError } from "@mxgraft/operator";
import { physicalShape, type StateCell, type TensorCell, tensorType } from "@mxgraft/tfjs";
import type * as tf from "@tensorflow/tfjs";
import type { BoundOperatorStep, BoundStep } from "../bound-step.ts";
import type { EagerNode, NodeCompilation } from "../compilation.ts";
import type { ExecutorCells } from "../executor.ts";
import type { FusedStep } from "../fuse-steps.ts";
import type { PreparedWeights } from "../fused-evaluation.ts";
import type { LayoutStep, Plan, Slot } from "../plan.ts";
import { requireHead } from "../require-head.ts";
import type { Carrier } from "./carrier.ts";
import { layoutPermutation } from "./layout-permutation.ts";
import { type LoweredForward, type LoweringScope, lowerBackward, lowerForward, loweringOf } from "./lower-step.ts";
import { NotCompilableError } from "./not-compilable.ts";
import { PartDraft } from "./part-draft.ts";

/** A graph that is to be compiled. */
export interface BoundGraph extends ExecutorCells {
  readonly plan: Plan;
  readonly steps: readonly BoundStep[];
}

interface ForwardFacts {
  /** Where its saved values are kept, as numbers behind the slots of the plan. */
  readonly saved: readonly number[];
  readonly shapes: LoweredForward["shapes"];
  readonly recorded: boolean;
}

/**
 * Turns the steps of a plan into functions: as many neighbouring steps in one as can be compiled. What one part
 * computes and another reads becomes a result of the first and an argument of the second.
 */
export class ProgramBuilder implements LoweringScope {
  readonly slots: readonly Slot[];
  /** Drafts of functions, and the steps between them that stay eager. */
  readonly parts: (PartDraft | BoundStep)[] = [];
  readonly eagerNodes: EagerNode[] = [];
  readonly #bound: BoundGraph;
  readonly #carrier: Carrier;
  readonly #fed: ReadonlySet<string>;
  /** Steps that are known to stay eager. */
  readonly #refused: Map<string, EagerNode>;
  #current: PartDraft | undefined;
  /** The part that made a value. */
  readonly #owners = new Map<number, PartDraft>();
  readonly #forwardFacts = new Map<BoundStep, ForwardFacts>();
  /** Slots whose gradient was gathered outside of the current part. */
  readonly #gathered = new Set<number>();
  #numbers: number;

  /** How each node runs, for the report. */
  readonly #nodes: Map<string, NodeCompilation>;

  constructor(
    bound: BoundGraph,
    carrier: Carrier,
    fed: ReadonlySet<string>,
    refused: Map<string, EagerNode>,
    nodes: Map<string, NodeCompilation>,
  ) {
    this.#bound = bound;
    this.#carrier = carrier;
    this.#fed = fed;
    this.#refused = refused;
    this.#nodes = nodes;
    this.slots = bound.plan.slots;
    this.#numbers = bound.plan.slots.length;
  }

  get current(): PartDraft {
    if (this.#current === undefined) {
      this.#current = new PartDraft(this.#carrier);
      this.parts.push(this.#current);
    }
    return this.#current;
  }

  get graph() {
    return this.current.graph;
  }

  get plan(): Plan {
    return this.#bound.plan;
  }

  /** Runs the steps of a training step forward, and makes the outputs of the graph results. */
  forward(): void {
    this.#forwardThrough(this.#bound.steps, true, []);
  }

  /** As forward of an evaluation, with steps that may be fused. */
  evaluation(steps: readonly (BoundStep | FusedStep)[], prepared: PreparedWeights): void {
    this.#forwardThrough(steps, false, prepared);
  }

  #forwardThrough(steps: readonly (BoundStep | FusedStep)[], isTrain: boolean, prepared: PreparedWeights): void {
    for (const step of steps) {
      if (step.kind === "layout") this.#setValue(step.to, this.#convert(step));
      else if (step.kind === "fused") this.#fusedStep(step, prepared[step.index] ?? []);
      else if (!this.#tryStep(step, "forward", () => this.#forwardStep(step, isTrain))) {
        for (const id of step.inputs) this.exportValue(id);
      }
    }
    for (const { slot } of this.#bound.plan.outputs) this.exportValue(slot);
  }

  /**
   * Runs the steps backward.
   *
   * @param heads  slots of the outputs that get a gradient from outside.
   */
  backward(heads: readonly number[]): void {
    for (const slot of heads) this.#gathered.add(slot);
    for (const step of this.#bound.steps.toReversed()) {
      if (step.kind === "layout") this.#convertGradient(step);
      else if (this.#runsBackward(step) && !this.#tryStep(step, "backward", () => this.#backwardStep(step))) {
        for (const id of [...step.inputs, ...step.outputs]) this.exportValue(id);
        for (const [i, id] of step.inputs.entries()) if (step.wanted[i]) this.#gathered.add(id);
        for (const id of step.outputs) this.#gathered.delete(id);
      }
    }
  }

  /**
   * As `backward`, in parts of their own, as if nothing had been run backward before.
   */
  backwardParts(heads: readonly number[]): (PartDraft | BoundStep)[] {
    this.#current = undefined;
    this.#gathered.clear();
    const before = this.parts.length;
    this.backward(heads);
    this.close();
    return this.parts.splice(before);
  }

  /** Slots of the variables in the order in which their gradients are stored. */
  get variableOrder(): readonly number[] {
    return this.#bound.plan.variables;
  }

  /** Ends the current part: what comes next is a function of its own. */
  close(): void {
    const part = this.#current;
    if (part === undefined) return;
    for (const [slot, gradient] of part.gradients) {
      part.result({ kind: "gradient", slot }, gradient);
      this.#gathered.add(slot);
    }
    part.gradients.clear();
    this.#current = undefined;
  }

  value(slot: number): GraphValue {
    const variable = this.slots[slot]?.variable;
    if (variable !== undefined) return this.#variable(variable);
    const present = this.current.values.get(slot);
    if (present !== undefined) return present;
    const made = this.exportValue(slot);
    const type = made?.type ?? tensorType(this.#slot(slot).dtype);
    const value = this.current.argument({ kind: "value", slot }, type);
    this.current.values.set(slot, value);
    return value;
  }

  state(cell: StateCell) {
    return this.current.state(cell);
  }

  readonly seed = (): GraphValue => this.current.seed();

  /** The value as a result of the part that made it, if one did. */
  exportValue(slot: number): GraphValue | undefined {
    const owner = this.#owners.get(slot);
    const value = owner?.values.get(slot);
    if (value !== undefined) owner?.result({ kind: "value", slot }, value);
    return value;
  }

  /** The gradient gathered so far, taken out. */
  takeGradient(slot: number): GraphValue | undefined {
    const { gradients, graph } = this.current;
    const own = gradients.get(slot);
    gradients.delete(slot);
    if (!this.#gathered.delete(slot)) return own;
    const given = this.current.argument({ kind: "gradient", slot }, own?.type ?? "float32");
    return own === undefined ? given : graph.one("AddV2", [given, own]);
  }

  #slot(id: number): Slot {
    const slot = this.slots[id];
    invariant(slot, `slot ${id} is not there`);
    return slot;
  }

  #variable(name: string): GraphValue {
    const cell = this.#bound.argCells.get(name);
    invariant(cell, `argument "${name}" has no cell`);
    return this.#fed.has(name) ? this.current.fed(cell) : this.current.state(cell).read();
  }

  #setValue(slot: number, value: GraphValue): void {
    this.current.values.set(slot, value);
    this.#owners.set(slot, this.current);
  }

  /** Lowers a step into the current part; says whether it could. */
  #tryStep(
    step: BoundOperatorStep,
    direction: NodeCompilation["direction"],
    lower: () => "lowered" | "recorded",
  ): boolean {
    // The step itself is another one in a fused evaluation.
    const key = `${direction} ${step.node} ${step.outputs.join()}`;
    const known = this.#refused.get(key);
    let refused = known;
    if (known === undefined) {
      try {
        this.#note(step, direction, lower());
        return true;
      } catch (error) {
        if (!(error instanceof NotCompilableError)) throw nodeError(step.node, step.operator.spec.name, error);
        refused = { node: step.node, operator: step.operator.spec.name, reason: error.message };
        this.#refused.set(key, refused);
      }
    }
    if (refused !== undefined) {
      this.eagerNodes.push(refused);
      this.#note(step, direction, "eager", refused.reason);
    }
    this.close();
    this.parts.push(step);
    return false;
  }

  #note(
    step: BoundOperatorStep,
    direction: NodeCompilation["direction"],
    how: NodeCompilation["how"],
    reason?: string,
  ): void {
    const { node } = step;
    const facts = { node, operator: step.operator.spec.name, direction, how };
    this.#nodes.set(`${node} ${direction} ${how}`, reason === undefined ? facts : { ...facts, reason });
  }

  #forwardStep(step: BoundOperatorStep, isTrain: boolean): "lowered" | "recorded" {
    const { outputs, saved, shapes } = lowerForward(step, this, isTrain);
    for (const [i, id] of step.outputs.entries()) {
      const value = outputs[i];
      invariant(value, `${step.node}: output ${i} is missing`);
      this.#setValue(id, value);
    }
    for (const [i, cell] of step.mutatedCells.entries()) {
      const value = outputs[step.outputs.length + i];
      if (cell === undefined || value === undefined) continue;
      if (this.#fed.has(cell.name)) throw new NotCompilableError(`it overwrites "${cell.name}", which is an input`);
      this.current.state(cell).write(value);
    }
    const numbers = saved.map((value) => {
      const number = this.#numbers++;
      this.#setValue(number, value);
      return number;
    });
    const recorded = loweringOf(step, this.#carrier)?.forward === undefined;
    this.#forwardFacts.set(step, { saved: numbers, shapes, recorded });
    return recorded ? "recorded" : "lowered";
  }

  #fusedStep(step: FusedStep, prepared: readonly tf.Tensor[]): void {
    const { linear, algorithm, residual, activation } = step;
    const lowering = loweringOf(linear, this.#carrier);
    invariant(lowering?.fused, `${linear.node}: there is no lowering for what was fused`);
    const value = lowering.fused({
      graph: this.graph,
      attributes: linear.operator.attributes,
      algorithm,
      data: this.value(step.data),
      prepared: prepared.map((_, tensor) =>
        this.current.argument({ kind: "prepared", step: step.index, tensor }, "float32"),
      ),
      residual: residual === undefined ? undefined : this.value(residual),
      activation,
      inputShapes: linear.inputShapes,
      outputShape: this.#slot(step.output).shape,
    });
    this.#setValue(step.output, value);
  }

  /** Whether anything asks for the gradients that a step gives. */
  #runsBackward(step: BoundOperatorStep): boolean {
    if (!step.wanted.includes(true)) return false;
    const visible = step.outputs.slice(0, step.visibleOutputs);
    const reached = visible.some((id) => this.current.gradients.has(id) || this.#gathered.has(id));
    if (reached || !step.needsHeadGradient) return true;
    requireHead(this.#bound.plan, step);
    return step.operator.spec.createOperator !== undefined;
  }

  #backwardStep(step: BoundOperatorStep): "lowered" | "recorded" {
    const facts = this.#forwardFacts.get(step);
    // Its forward was eager; a lowering of backward may need what only that of forward saves.
    if (facts === undefined) throw new NotCompilableError("its forward is eager");
    const part = this.current;
    const before = new Map(part.gradients);
    const gathered = new Set(this.#gathered);
    const count = part.arguments.length;
    try {
      const heads = step.outputs.slice(0, step.visibleOutputs).map((id) => this.takeGradient(id));
      const saved = facts.saved.map((number) => () => this.#saved(number));
      const gradients = lowerBackward(step, this, { ...facts, saved }, heads);
      for (const [i, id] of step.inputs.entries()) {
        const gradient = gradients[i];
        if (gradient !== undefined && step.wanted[i]) this.#addGradient(id, gradient);
      }
      for (const id of step.outputs) part.gradients.delete(id);
      return loweringOf(step, this.#carrier)?.backward !== undefined && !facts.recorded ? "lowered" : "recorded";
    } catch (error) {
      // An eager step takes the gradients itself.
      part.gradients.clear();
      for (const [id, gradient] of before) part.gradients.set(id, gradient);
      this.#gathered.clear();
      for (const id of gathered) this.#gathered.add(id);
      this.#withoutGradients(part, count);
      throw error;
    }
  }

  /** Gradients that were asked for in vain stay where they are: the arguments get what is never used. */
  #withoutGradients(part: PartDraft, from: number): void {
    for (const [i, source] of part.arguments.entries()) {
      if (i >= from && source.kind === "gradient") part.arguments[i] = { kind: "none" };
    }
  }

  #saved(number: number): GraphValue {
    const present = this.current.values.get(number);
    if (present !== undefined) return present;
    const made = this.exportValue(number);
    invariant(made, `saved value ${number} is missing`);
    const value = this.current.argument({ kind: "value", slot: number }, made.type);
    this.current.values.set(number, value);
    return value;
  }

  #addGradient(slot: number, gradient: GraphValue): void {
    if (!this.#slot(slot).wantsGradient) return;
    const { gradients, graph } = this.current;
    const present = gradients.get(slot);
    gradients.set(slot, present === undefined ? gradient : graph.one("AddV2", [present, gradient]));
  }

  #convert({ from, to }: LayoutStep): GraphValue {
    const [source, target] = [this.#slot(from), this.#slot(to)];
    return this.#transposed(this.value(from), layoutPermutation(source.layout, target.layout, source.shape.length));
  }

  #convertGradient({ from, to }: LayoutStep): void {
    if (!this.current.gradients.has(to) && !this.#gathered.has(to)) return;
    const gradient = this.takeGradient(to);
    const [source, target] = [this.#slot(from), this.#slot(to)];
    if (gradient === undefined) return;
    const permutation = layoutPermutation(target.layout, source.layout, source.shape.length);
    this.#addGradient(from, this.#transposed(gradient, permutation));
  }

  #transposed(value: GraphValue, permutation: readonly number[]): GraphValue {
    // Where only axes of size 1 change places, TensorFlow moves no data.
    return this.graph.one("Transpose", [value, this.graph.constant(permutation, "int32", [permutation.length])]);
  }
}

/** Shape in memory of the value of a slot. */
export function physicalShapeOf({ shape, layout }: Slot): number[] {
  return physicalShape(shape, layout);
}

/** The cell of a variable. */
export function cellOf(cells: ReadonlyMap<string, TensorCell>, name: string): TensorCell {
  const cell = cells.get(name);
  invariant(cell, `"${name}" has no cell`);
  return cell;
}
