import type { DeviceSums } from "./device-sums.ts";
import { lowerExpressions } from "./lower-expressions.ts";
import { NotCompilableError } from "./not-compilable.ts";
import type { ProgramBuilder } from "./program-builder.ts";

/** The sums cannot be computed in the step; the rest of it may. */
export class RefusedSumsError extends NotCompilableError {}

/**
 * Adds behind the forward pass of a step what adds its numbers to the sums.
 *
 * @throws RefusedSumsError
 */
export function buildSums(builder: ProgramBuilder, { expressions, handle }: DeviceSums): void {
  const { graph } = builder;
  const values = lowered(builder, expressions).map((value) => {
    const sum = graph.one("Reshape", [value, graph.constant([], "int32", [0])]);
    return graph.one("Cast", [sum], { DstT: { type: "float64" } });
  });
  const packed = graph.one("Pack", [values]);
  builder.current.arguments.push({ kind: "handle", id: handle });
  const state = graph.state("float64", [expressions.length]);
  graph.effect("AssignAddVariableOp", [state.handle, packed], [state]);
}

function lowered(...[builder, expressions]: Parameters<typeof lowerExpressions>) {
  try {
    return lowerExpressions(builder, expressions);
  } catch (error) {
    throw error instanceof NotCompilableError ? new RefusedSumsError(error.message) : error;
  }
}
