import { mergeShapes } from "@mxgraft/base";
import type { PartialShapes } from "@mxgraft/operator";

/** Shape inference of operators whose one argument and one output have the same shape, both ways. */
export function sameShape(known: PartialShapes): Partial<PartialShapes> {
  // A contradiction is left for the caller, who knows the names, to report.
  const shape = mergeShapes(known.arguments[0], known.outputs[0]) ?? known.arguments[0];
  return { arguments: [shape], outputs: [shape] };
}
