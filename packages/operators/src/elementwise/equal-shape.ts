import { mergeShapes } from "@mxgraft/base";
import type { PartialShapes } from "@mxgraft/operator";

/** Shape inference of operators whose arguments and output all have one shape, in every direction. */
export function equalShape(known: PartialShapes): Partial<PartialShapes> {
  // A contradiction is left for the caller, who knows the names, to report.
  const shape = [...known.arguments, ...known.outputs].reduce(
    (found, next) => mergeShapes(found, next) ?? found,
    undefined,
  );
  return { arguments: known.arguments.map(() => shape), outputs: [shape] };
}
