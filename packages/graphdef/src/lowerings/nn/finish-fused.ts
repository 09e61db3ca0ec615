import type { GraphBuilder, GraphValue, LoweredFusedCall } from "@mxgraft/operator";

/** What a fused kernel does after its linear part; TensorFlow's optimizer fuses both. */
export function finishFused(
  graph: GraphBuilder,
  linear: GraphValue,
  { residual, activation }: Pick<LoweredFusedCall<object>, "residual" | "activation">,
): GraphValue {
  const sum = residual ? graph.one("AddV2", [linear, residual]) : linear;
  return activation === "relu" ? graph.one("Relu", [sum]) : sum;
}
