import { invariant } from "@mxgraft/base";
import type { StateCell, TensorCell } from "@mxgraft/tfjs";
import type { ExecutorCells } from "./executor.ts";
import type { LayoutStep, OperatorStep, Plan } from "./plan.ts";

/** A step of the plan with the cells it works on, so that no step looks anything up by name. */
export interface BoundOperatorStep extends OperatorStep {
  readonly stateCells: readonly StateCell[];
  /** Cells of the arguments that forward overwrites; `undefined` for one that another node computes. */
  readonly mutatedCells: readonly (TensorCell | undefined)[];
}

export type BoundStep = BoundOperatorStep | LayoutStep;

/** Finds the cells of every step. */
export function bindSteps(plan: Plan, { argCells, auxCells }: ExecutorCells): BoundStep[] {
  const need = <C>(cells: ReadonlyMap<string, C>, name: string): C => {
    const cell = cells.get(name);
    invariant(cell, `"${name}" has no cell`);
    return cell;
  };
  return plan.steps.map((step) => {
    if (step.kind === "layout") return step;
    return {
      ...step,
      stateCells: step.states.map((name) => need(auxCells, name)),
      mutatedCells: step.mutated.map((name) => (name === undefined ? undefined : need(argCells, name))),
    };
  });
}
