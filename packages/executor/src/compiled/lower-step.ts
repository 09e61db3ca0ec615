import { invariant, type Shape } from "@mxgraft/base";
import type { GraphDraft } from "@mxgraft/graphdef";
import { customLowerings, type GraphState, type GraphValue, type Lowering, lowerings } from "@mxgraft/operator";
import { physicalShape, type StateCell } from "@mxgraft/tfjs";
import type { BoundOperatorStep } from "../bound-step.ts";
import type { Slot } from "../plan.ts";
import { NotCompilableError } from "./not-compilable.ts";
import { Recorder, unrecordableRandom } from "./recorder.ts";

/** What a step is lowered with. */
export interface LoweringScope {
  readonly graph: GraphDraft;
  readonly slots: readonly Slot[];
  /** The value of an argument or output; asking for one that comes from elsewhere brings it into the graph. */
  value(slot: number): GraphValue;
  state(cell: StateCell): GraphState;
  seed(): GraphValue;
}

export interface LoweredForward {
  /** All outputs, then the new values of the arguments in `mutated`. */
  readonly outputs: readonly GraphValue[];
  readonly saved: readonly GraphValue[];
  /** Shapes in memory of what a recorded kernel gave. */
  readonly shapes?: readonly (Shape | undefined)[];
}

/**
 * The lowering of a step, if it has one that takes these attributes and shapes.
 *
 * @param where  offers the native operators that the lowering cannot do without.
 */
export function loweringOf(
  { operator, inputShapes }: BoundOperatorStep,
  where: Pick<GraphDraft, "offers">,
): Lowering | undefined {
  const { spec, attributes, custom } = operator;
  const lowering = (custom ? customLowerings : lowerings).find(spec.name);
  if (lowering === undefined || lowering.accepts?.(attributes, inputShapes) === false) return undefined;
  if (lowering.natives?.some((name) => !where.offers(name))) return undefined;
  return lowering;
}

/** An array whose elements are made when they are looked at. */
function lazily<T>(length: number, make: (index: number) => T): readonly T[] {
  const array: T[] = new Array<T>(length);
  for (let i = 0; i < length; i++) Object.defineProperty(array, i, { get: () => make(i), enumerable: true });
  return array;
}

function slotShape(slots: readonly Slot[], id: number): Shape {
  const slot = slots[id];
  invariant(slot, `slot ${id} is not there`);
  return physicalShape(slot.shape, slot.layout);
}

function requireSynchronous(step: BoundOperatorStep): void {
  if (step.operator.spec.createOperator && step.kernel.addsToGradients) {
    throw new NotCompilableError("it computes in JavaScript");
  }
  if (step.kernel.asynchronous) throw new NotCompilableError("it reads values back");
}

/** @throws NotCompilableError */
export function lowerForward(step: BoundOperatorStep, scope: LoweringScope, isTrain: boolean): LoweredForward {
  const { attributes } = step.operator;
  const lowering = loweringOf(step, scope.graph);
  const { inputShapes, outputShapes } = step;
  const states = step.stateCells.map((cell) => scope.state(cell));
  if (lowering?.forward !== undefined) {
    const given = lowering.forward({
      graph: scope.graph,
      attributes,
      inputs: lazily(step.inputs.length, (i) => scope.value(need(step.inputs, i))),
      states,
      inputShapes,
      outputShapes,
      isTrain,
      seed: scope.seed,
    });
    return "outputs" in given ? given : { outputs: given, saved: [] };
  }
  requireSynchronous(step);
  const recorder = new Recorder(scope.graph);
  const inputs = step.inputs.map((id) => recorder.standIn(slotShape(scope.slots, id), scope.value(id)));
  const cells = standInCells(step, recorder, states);
  const recording = recorder.record(() => {
    const results = step.kernel.forward({
      attributes,
      inputs,
      states: cells,
      outputShapes,
      isTrain,
      random: unrecordableRandom,
    });
    invariant(!(results instanceof Promise), "a kernel must say that it is asynchronous");
    return results;
  });
  const outputs = recording.values().map((value, i) => {
    invariant(value, `output ${i} is missing`);
    return value;
  });
  return { outputs, saved: [], shapes: recording.shapes };
}

/**
 * The gradients of the arguments.
 *
 * @throws NotCompilableError
 */
export function lowerBackward(
  step: BoundOperatorStep,
  scope: LoweringScope,
  forward: {
    readonly saved: readonly (() => GraphValue)[];
    readonly shapes?: readonly (Shape | undefined)[] | undefined;
    /** Whether the lowering did forward; what one did, the other must do too. */
    readonly recorded: boolean;
  },
  headGradients: readonly (GraphValue | undefined)[],
): readonly (GraphValue | undefined)[] {
  const { attributes } = step.operator;
  const { inputShapes, outputShapes, wanted } = step;
  const states = step.stateCells.map((cell) => scope.state(cell));
  const lowering = loweringOf(step, scope.graph);
  if (lowering?.backward !== undefined && !forward.recorded) {
    return lowering.backward({
      graph: scope.graph,
      attributes,
      headGradients,
      inputs: lazily(step.inputs.length, (i) => scope.value(need(step.inputs, i))),
      outputs: lazily(step.outputs.length, (i) => scope.value(need(step.outputs, i))),
      saved: lazily(forward.saved.length, (i) => need(forward.saved, i)()),
      states,
      wanted,
      inputShapes,
      outputShapes,
    });
  }
  requireSynchronous(step);
  const { backward } = step.kernel;
  if (backward === undefined) throw new NotCompilableError("it has no gradient");
  const recorder = new Recorder(scope.graph);
  const heads = headGradients.map(
    (head, i) => head && recorder.standIn(slotShape(scope.slots, need(step.outputs, i)), head),
  );
  // Only what the spec declares is there in an eager run too.
  const reads = step.operator.spec.backwardReads(attributes);
  const inputs = step.inputs.map((id, i) =>
    recorder.standInFor(slotShape(scope.slots, id), () => scope.value(id), reads.arguments.includes(i)),
  );
  const outputs = step.outputs.map((id, i) =>
    recorder.standInFor(
      forward.shapes?.[i] ?? slotShape(scope.slots, id),
      () => scope.value(id),
      reads.outputs.includes(i),
    ),
  );
  const cells = standInCells(step, recorder, states);
  const recording = recorder.record(() => {
    const results = backward.call(step.kernel, {
      attributes,
      headGradients: heads,
      inputs,
      outputs,
      states: cells,
      wanted,
      present: [],
      inputShapes,
      random: unrecordableRandom,
    });
    invariant(!(results instanceof Promise), "a kernel must say that it is asynchronous");
    return results;
  });
  return recording.values();
}

function standInCells(step: BoundOperatorStep, recorder: Recorder, states: readonly GraphState[]): StateCell[] {
  return step.stateCells.map((cell, i) => {
    const layout = cell.kind === "tensor" ? cell.layout : undefined;
    return recorder.standInCell(cell, physicalShape(cell.shape, layout), need(states, i));
  });
}

function need<T>(list: readonly T[], index: number): T {
  const found = list[index];
  invariant(found !== undefined, `number ${index} of ${list.length} is not there`);
  return found;
}
