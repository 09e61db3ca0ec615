import { invariant } from "@mxgraft/base";
import { type GraphState, type GraphValue, lowerings } from "@mxgraft/operator";
import type { Invocation } from "../capture-invocations.ts";
import type { ParameterUpdate, TrainingStep } from "../compilation.ts";
import type { ExecutorCells } from "../executor.ts";
import { buildSums } from "./build-sums.ts";
import type { DeviceSums } from "./device-sums.ts";
import { NotCompilableError } from "./not-compilable.ts";
import type { ProgramBuilder } from "./program-builder.ts";

/** An attribute of update rules that a step is given: the invocations that share it, as (update, invocation). */
export interface ScalarSource {
  readonly attribute: string;
  readonly places: { readonly update: number; readonly invocation: number }[];
}

export interface TrainingDraft {
  /** In the order of the numbers in the vector. */
  readonly scalars: readonly ScalarSource[];
  /** Names of the attributes that are fixed in the function, by update and invocation. */
  readonly fixed: readonly (readonly (readonly string[])[])[];
}

/**
 * Adds updates and sums behind the backward pass of a step.
 *
 * @param sums   where what the step adds up goes, if it adds up anything.
 * @param share  whether attributes that are equal now are taken to be equal always.
 * @throws NotCompilableError  an update is no mere use of update rules that have lowerings.
 * @throws RefusedSumsError    the sums cannot be computed in the step.
 */
export function buildTrainingStep(
  builder: ProgramBuilder,
  cells: ExecutorCells,
  updates: TrainingStep["updates"],
  sums: DeviceSums | undefined,
  share: boolean,
): TrainingDraft {
  const { graph } = builder;
  if (sums !== undefined) buildSums(builder, sums);
  // All gradients before any update, as in an eager step.
  const gradients = updates.map(({ weight }) => gradientOf(builder, cells, weight.name));
  const scalars: ScalarSource[] = [];
  const byKey = new Map<string, ScalarSource>();
  let vector: GraphValue | undefined;
  const scalar = (update: number, invocation: number, attribute: string, value: unknown): GraphValue => {
    if (typeof value !== "number") throw new NotCompilableError(`attribute "${attribute}" is no number`);
    vector ??= builder.current.argument({ kind: "scalars" }, "float32");
    const key = share ? `${attribute} ${value}` : `${attribute} ${update} ${invocation}`;
    let source = byKey.get(key);
    if (source === undefined) {
      source = { attribute, places: [] };
      byKey.set(key, source);
      scalars.push(source);
    }
    source.places.push({ update, invocation });
    const index = scalars.indexOf(source);
    const at = (i: number) => graph.constant([i], "int32", [1]);
    const inputs = [vector, at(index), at(index + 1), at(1)];
    return graph.one("StridedSlice", inputs, { shrink_axis_mask: 1 });
  };
  const fixed = updates.map((update, u) =>
    update.invocations.map((invocation, i) => {
      const asked = new Set<string>();
      lowerUpdate(builder, update, invocation, gradients[u], (attribute, value) => {
        asked.add(attribute);
        return scalar(u, i, attribute, value);
      });
      return Object.keys(invocation.attributes).filter((name) => !asked.has(name));
    }),
  );
  return { scalars, fixed };
}

function gradientOf(builder: ProgramBuilder, cells: ExecutorCells, name: string): GraphValue {
  // Of several variables of one name, the last one's gradient stays, as in an eager run.
  let found: GraphValue | undefined;
  for (const id of builder.variableOrder) {
    if (builder.slots[id]?.variable === name) found = builder.takeGradient(id);
  }
  if (found !== undefined) return found;
  const cell = cells.argCells.get(name);
  invariant(cell, `"${name}" has no cell`);
  return builder.graph.one("ZerosLike", [builder.state(cell).read()]);
}

function lowerUpdate(
  builder: ProgramBuilder,
  { weight, gradient }: ParameterUpdate,
  { operator, inputs, attributes, out }: Invocation,
  gradientValue: GraphValue | undefined,
  scalar: (attribute: string, value: unknown) => GraphValue,
): void {
  const lowering = lowerings.find(operator);
  const [first, second, ...slots] = inputs;
  if (lowering?.update === undefined) throw new NotCompilableError(`update rule ${operator} has no lowering`);
  if (first !== weight || second !== gradient || out !== weight || gradientValue === undefined) {
    throw new NotCompilableError(`${operator} is not called on weight and gradient`);
  }
  lowering.update({
    graph: builder.graph,
    attributes,
    gradient: gradientValue,
    weight: builder.state(weight),
    slots: slots.map((slot): GraphState => builder.state(slot)),
    scalar: (attribute: string) => scalar(attribute, attributes[attribute]),
  });
}
