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
export function buildSums(builder: ProgramBuilder, sums: DeviceSums): void {
  const { current, graph } = builder;
  const values = lowered(builder, sums.expressions).map((value) => {
    const sum = graph.one("Reshape", [value, graph.constant([], "int32", [0])]);
    return graph.one("Cast", [sum], { DstT: { type: "float64" } });
  });
  const before = current.argument({ kind: "sums", sums }, "float64");
  current.result({ kind: "sums", sums }, graph.one("AddV2", [before, graph.one("Pack", [values])]));
}

function lowered(...[builder, expressions]: Parameters<typeof lowerExpressions>) {
  try {
    return lowerExpressions(builder, expressions);
  } catch (error) {
    throw error instanceof NotCompilableError ? new RefusedSumsError(error.message) : error;
  }
}
