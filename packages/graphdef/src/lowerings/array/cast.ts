import type { DType } from "@mxgraft/base";
import { type GraphBuilder, type GraphValue, type Lowering, tensorType } from "@mxgraft/operator";
import type { CastAttributes } from "@mxgraft/operators";
import { cast } from "../arithmetic.ts";
import { truth } from "../elementwise/truth.ts";
import { given } from "../given.ts";

/** Numbers brought to a narrower type and back to the one they are kept in. */
function through(graph: GraphBuilder, x: GraphValue, dtype: DType): GraphValue {
  const kept = cast(graph, x, tensorType(dtype));
  return cast(graph, cast(graph, kept, dtype), kept.type);
}

/** A value in a type of MXNet. */
function converted(graph: GraphBuilder, x: GraphValue, dtype: DType): GraphValue {
  switch (dtype) {
    case "bool":
      return truth(graph, x);
    case "uint8":
    case "int8":
    case "float16":
      return through(graph, x, dtype);
    default:
      return cast(graph, x, tensorType(dtype));
  }
}

/** Lowering of Cast. */
export const castLowering: Lowering<CastAttributes> = {
  forward: ({ graph, attributes: { dtype }, inputs: [data] }) => [
    graph.one("Identity", [converted(graph, given(data, "data"), dtype)]),
  ],
  backward({ graph, attributes: { dtype }, headGradients: [dy] }) {
    // A head of a float16 output is itself float16.
    return dy ? [converted(graph, dy, dtype === "float16" ? dtype : "float32")] : [];
  },
};
