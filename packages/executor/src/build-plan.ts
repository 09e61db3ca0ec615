import { BackendError, type DType, equalShapes, invariant, type Shape } from "@mxgraft/base";
import { type Layout, type LayoutWish, nodeError } from "@mxgraft/operator";
import type { GraphInference, GraphNode, Symbol as MxSymbol } from "@mxgraft/symbol";
import { nodesOf, resolveNode } from "@mxgraft/symbol";
import { kernelFor, sameLayout } from "@mxgraft/tfjs";
import type { BoundNode } from "./bound-node.ts";
import { gradientOrder } from "./gradient-order.ts";
import type { OperatorStep, Plan, PlannedOutput, PlannedState, PlannedVariable, Slot, Step } from "./plan.ts";
import { poolFirst } from "./pool-first.ts";

export interface PlanOptions {
  readonly symbol: MxSymbol;
  /** Shapes and types of every entry of the graph. */
  readonly inference: GraphInference;
  /** Name of the backend, as tfjs says it. */
  readonly backend: string;
  /** Whether the gradient of an argument is needed. */
  wantsGradient(argument: string): boolean;
  /** Layouts of variables that exist already, because another executor shares them. */
  readonly layouts?: ReadonlyMap<string, Layout>;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Decides all of a step that does not depend on values: kernels, slots, layouts, which gradients are needed, and when
 * a value can be freed.
 *
 * @throws BackendError  operators without a kernel, all of them.
 */
export function buildPlan(options: PlanOptions): Plan {
  return new PlanBuilder(options).build();
}

class PlanBuilder {
  readonly #options: PlanOptions;
  readonly #nodes: readonly GraphNode[];
  readonly #states: ReadonlySet<string>;
  readonly #slots: Writable<Slot>[] = [];
  readonly #steps: Writable<Step>[] = [];
  /** Slot of each output of a node, in the layout its producer gave it. */
  readonly #slotOf = new Map<GraphNode, number[]>();
  /** Slots that hold another slot's value in another layout. */
  readonly #converted = new Map<number, number[]>();
  readonly #plannedStates = new Map<string, PlannedState>();

  constructor(options: PlanOptions) {
    this.#options = options;
    this.#nodes = nodesOf(options.symbol);
    this.#states = new Set(options.symbol.listAuxiliaryStates());
  }

  build(): Plan {
    const bound = this.#bindNodes();
    poolFirst(bound, this.#options.symbol.entries);
    const wishes = this.#variableWishes(bound);
    for (const node of this.#nodes) {
      if (node.op === null) this.#addVariable(node, wishes.get(node));
      else this.#addOperator(bound.get(node));
    }
    const outputs = this.#outputs();
    this.#planFrees(outputs);
    const planned = this.#slots.filter((slot) => slot.variable !== undefined && !this.#states.has(slot.variable));
    const byName = new Map(planned.map((slot) => [slot.variable, slot]));
    return {
      slots: this.#slots,
      variables: gradientOrder(this.#slots, this.#steps),
      steps: this.#steps,
      arguments: this.#options.symbol.listArguments().map((name): PlannedVariable => {
        const slot = byName.get(name);
        invariant(slot, `argument "${name}" has no slot`);
        return { name, shape: slot.shape, dtype: slot.dtype, layout: slot.layout };
      }),
      states: this.#options.symbol.listAuxiliaryStates().map((name) => {
        const state = this.#plannedStates.get(name);
        invariant(state, `auxiliary state "${name}" is used by no node`);
        return state;
      }),
      outputs,
    };
  }

  #bindNodes(): Map<GraphNode, BoundNode> {
    const { inference, backend } = this.#options;
    const bound = new Map<GraphNode, BoundNode>();
    const missing: BackendError[] = [];
    for (const node of this.#nodes) {
      if (node.op === null) continue;
      const operator = resolveNode(node);
      const count = operator.spec.arguments(operator.attributes).length;
      const inputs = node.inputs.slice(0, count);
      const inputShapes = inputs.map((entry) => inference.shapeOf(entry));
      const dtypes = inputs.map((entry) => inference.dtypeOf(entry));
      const outputShapes = operator.spec
        .outputs(operator.attributes)
        .map((_, index) => inference.shapeOf({ node, index }));
      try {
        const kernel = kernelFor(operator, backend, inputShapes, dtypes);
        bound.set(node, { node, name: node.name, operator, kernel, inputShapes, outputShapes });
      } catch (error) {
        const named = nodeError(node.name, operator.spec.name, error);
        if (!(named instanceof BackendError)) throw named;
        missing.push(named);
      }
    }
    const first = missing[0];
    if (missing.length > 1) {
      throw new BackendError(missing.map((error) => error.message).join("\n"), first?.facts ?? {});
    }
    if (first) throw first;
    return bound;
  }

  /** The layout in which the first user of each variable wants it: weights are kept the way their kernel reads them. */
  #variableWishes(bound: ReadonlyMap<GraphNode, BoundNode>): Map<GraphNode, Layout> {
    const wishes = new Map<GraphNode, Layout>();
    for (const { node, kernel, operator, inputShapes, outputShapes } of bound.values()) {
      const layouts = kernel.layouts?.(operator.attributes, inputShapes, outputShapes);
      for (const [i, entry] of node.inputs.slice(0, inputShapes.length).entries()) {
        if (entry.node.op !== null || wishes.has(entry.node)) continue;
        const wish = layouts?.arguments[i];
        wishes.set(entry.node, wish === "any" ? undefined : wish);
      }
    }
    return wishes;
  }

  #addSlot(shape: Shape, dtype: DType, layout: Layout, wantsGradient: boolean, variable?: string): number {
    const id = this.#slots.length;
    this.#slots.push({
      id,
      shape,
      dtype,
      layout,
      wantsGradient,
      users: 0,
      ...(variable === undefined ? {} : { variable }),
    });
    return id;
  }

  #slot(id: number): Writable<Slot> {
    const slot = this.#slots[id];
    invariant(slot, `slot ${id} is not there`);
    return slot;
  }

  #addVariable(node: GraphNode, wish: Layout): void {
    const { inference, layouts, wantsGradient } = this.#options;
    // States are reached through their cells, not through slots.
    if (this.#states.has(node.name)) return;
    const entry = { node, index: 0 };
    // Variables of one name share an array, and so its layout.
    const namesake = this.#slots.find((slot) => slot.variable === node.name);
    const decided = layouts?.has(node.name) ? layouts.get(node.name) : wish;
    const layout = namesake ? namesake.layout : decided;
    const shape = inference.shapeOf(entry);
    const id = this.#addSlot(shape, inference.dtypeOf(entry), layout, wantsGradient(node.name), node.name);
    this.#slotOf.set(node, [id]);
  }

  /** The slot that holds the value of another one in a layout; adds the step that makes it if there is none yet. */
  #inLayout(id: number, layout: Layout): number {
    const slot = this.#slot(id);
    if (sameLayout(slot.layout, layout)) return id;
    const siblings = this.#converted.get(id) ?? [];
    const present = siblings.find((sibling) => sameLayout(this.#slot(sibling).layout, layout));
    if (present !== undefined) return present;
    const to = this.#addSlot(slot.shape, slot.dtype, layout, slot.wantsGradient);
    slot.users++;
    this.#converted.set(id, [...siblings, to]);
    this.#steps.push({ kind: "layout", from: id, to, frees: [] });
    return to;
  }

  #addOperator(bound: BoundNode | undefined): void {
    invariant(bound, "an operator node was not bound");
    const { inference } = this.#options;
    const { node, name, operator, kernel, inputShapes, outputShapes } = bound;
    const { spec, attributes } = operator;
    const given = node.inputs.slice(0, inputShapes.length).map((entry) => {
      const id = this.#slotOf.get(entry.node)?.[entry.index];
      invariant(id !== undefined, `output ${entry.index} of "${entry.node.name}" has no slot`);
      return id;
    });
    const layouts = kernel.layouts?.(attributes, inputShapes, outputShapes);
    const common = this.#commonLayout(given, layouts?.arguments ?? [], outputShapes[0]);
    const inputs = given.map((id, i) => this.#inLayout(id, chosen(layouts?.arguments[i], common, inputShapes[i])));
    for (const id of inputs) this.#slot(id).users++;
    const wanted = inputs.map((id) => this.#slot(id).wantsGradient);
    const differentiable = spec.differentiable && wanted.includes(true);
    const visibleOutputs = spec.visibleOutputs(attributes);
    const outputs = outputShapes.map((shape, index) => {
      const layout = chosen(layouts?.outputs[index], common, shape);
      return this.#addSlot(shape, inference.dtypeOf({ node, index }), layout, differentiable && index < visibleOutputs);
    });
    this.#slotOf.set(node, outputs);
    this.#steps.push({
      kind: "operator",
      node: name,
      operator,
      kernel,
      inputs,
      outputs,
      visibleOutputs,
      states: this.#addStates(bound),
      mutated: spec.mutates(attributes).map((i) => {
        const source = node.inputs[i]?.node;
        return source?.op === null ? source.name : undefined;
      }),
      outputShapes,
      inputShapes,
      wanted: spec.differentiable ? wanted : wanted.map(() => false),
      needsHeadGradient: spec.needsHeadGradient(attributes),
      frees: [],
    });
  }

  #addStates({ node, operator, kernel, inputShapes }: BoundNode): string[] {
    const { inference } = this.#options;
    const storage = kernel.storage?.(operator.attributes);
    return node.inputs.slice(inputShapes.length).map((entry, i) => {
      const { name } = entry.node;
      this.#plannedStates.set(name, {
        name,
        shape: inference.shapeOf(entry),
        dtype: inference.dtypeOf(entry),
        layout: undefined,
        storage: storage?.[i] ?? "tensor",
      });
      return name;
    });
  }

  /** The layout an operator that takes any computes in: that of the first input that has the shape of the result. */
  #commonLayout(inputs: readonly number[], wishes: readonly LayoutWish[], shape: Shape | undefined): Layout {
    for (const [i, id] of inputs.entries()) {
      const slot = this.#slot(id);
      if (wishes[i] === "any" && slot.layout && shape && equalShapes(slot.shape, shape)) return slot.layout;
    }
    return undefined;
  }

  #outputs(): PlannedOutput[] {
    const { symbol } = this.#options;
    const names = symbol.listOutputs();
    return symbol.entries.map(({ node, index }, i) => {
      const id = this.#slotOf.get(node)?.[index];
      invariant(id !== undefined, `output "${names[i]}" has no slot`);
      const slot = this.#slot(id);
      slot.users++;
      const { shape, dtype } = slot;
      return { name: names[i] ?? node.name, slot: id, shape, dtype };
    });
  }

  /** Frees every value after the last step that reads it, unless it is an output or backward reads it. */
  #planFrees(outputs: readonly PlannedOutput[]): void {
    const kept = new Set(outputs.map((output) => output.slot));
    const lastUse = new Map<number, number>();
    for (const [position, step] of this.#steps.entries()) {
      for (const id of step.kind === "layout" ? [step.from, step.to] : [...step.inputs, ...step.outputs]) {
        lastUse.set(id, position);
      }
      if (step.kind === "operator" && step.wanted.includes(true)) {
        for (const id of backwardSlots(step)) kept.add(id);
      }
    }
    for (const [id, position] of lastUse) {
      const step = this.#steps[position];
      if (step && !kept.has(id) && this.#slot(id).variable === undefined) step.frees = [...step.frees, id];
    }
  }
}

/** The slots whose values backward of a step reads. */
function backwardSlots(step: OperatorStep): number[] {
  const reads = step.operator.spec.backwardReads(step.operator.attributes);
  const inputs = reads.arguments.map((i) => step.inputs[i]);
  const outputs = reads.outputs.map((i) => step.outputs[i]);
  return [...inputs, ...outputs].filter((id) => id !== undefined);
}

/** The layout for an entry, from the kernel's wish. */
function chosen(wish: LayoutWish, common: Layout, shape: Shape | undefined): Layout {
  if (wish !== "any") return wish;
  return common !== undefined && shape?.length === common.length ? common : undefined;
}
