import { invariant } from "@mxgraft/base";
import type { CenterLossAttributes } from "@mxgraft/center-loss";
import type { GraphBuilder, GraphState, GraphValue, Lowering } from "@mxgraft/operator";
import { loadNativeOperators } from "@mxgraft/tfjs";
import { NATIVE_OPERATORS } from "./fused-center-loss.ts";

/** The operators of `native/center-loss-ops.cc` for graphs, in the form that `NativeDefinitions` describes. */
export const centerLossDefinitions: readonly string[] = [
  "MxgraftCenterLossStep(centers: resource, data: T, label: Tlabel, alpha: float32, scale: float32) -> (loss: float32, gradient: T) {scalar_loss?: bool, T: type = float32, Tlabel: type = float32} stateful",
  "MxgraftCenterLossForward(centers: resource, data: T, label: Tlabel) -> (loss: float32, diff: T) {scalar_loss?: bool, T: type = float32, Tlabel: type = float32} stateful",
  "MxgraftCenterLossBackward(centers: resource, diff: T, label: Tlabel, alpha: float32, scale: float32) -> (gradient: T) {T: type = float32, Tlabel: type = float32} stateful",
];

/** `diff` and behind it the rows that `diff_bias` has beyond the batch, which stay. */
function withRowsBehind(graph: GraphBuilder, diff: GraphValue, state: GraphState): GraphValue {
  const integers = (values: readonly number[]) => graph.constant(values, "int32", [values.length]);
  const sizes = graph.one("Shape", [diff], { out_type: { type: "int32" } });
  const begin = graph.one("Mul", [sizes, integers([1, 0])]);
  const behind = graph.one("Slice", [state.read(), begin, integers([-1, -1])]);
  return graph.one("ConcatV2", [[diff, behind], graph.constant(0, "int32")]);
}

/**
 * Center loss in graphs, by the package's native operators: the table is a variable of which only the rows of a batch
 * are touched. Without the operators the node runs eagerly between the compiled parts, as it reads labels back then.
 */
export const centerLossLowering: Lowering<CenterLossAttributes> = {
  accepts: () => loadNativeOperators(NATIVE_OPERATORS).available,

  forward({ graph, inputs: [data, label], states: [diffBias, centers], inputShapes: [shape = []] }) {
    invariant(data && label && diffBias && centers, "centerloss has two arguments and three states");
    const [loss, diff] = graph.node("MxgraftCenterLossForward", [centers.handle, data, label], { scalar_loss: false });
    invariant(loss && diff, "the operator has two outputs");
    diffBias.write(diffBias.shape[0] === shape[0] ? diff : withRowsBehind(graph, diff, diffBias));
    return { outputs: [loss], saved: [diff] };
  },

  backward({ graph, attributes, inputs: [, label], saved: [diff], states: [, centers, sumBias] }) {
    invariant(label && diff && centers && sumBias, "backward of centerloss reads the labels");
    const { alpha, scale } = attributes;
    const numbers = [graph.constant(alpha), graph.constant(scale)];
    const inputs = [centers.handle, diff, label, ...numbers];
    const [gradient] = graph.effect("MxgraftCenterLossBackward", inputs, [centers]);
    // Scratch memory of MXNet's operator, which leaves it at 0.
    sumBias.write(graph.constant(new Array<number>(sumBias.shape[0] ?? 0).fill(0), "float32", sumBias.shape));
    return [gradient, undefined];
  },
};
