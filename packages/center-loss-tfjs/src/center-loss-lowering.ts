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

/** Whether the package's native operators are there and may be in the graph. */
function hasOperators(graph: GraphBuilder): boolean {
  return graph.offers("MxgraftCenterLossForward") && loadNativeOperators(NATIVE_OPERATORS).available;
}

/** The class indices (N) of labels, with their fractions cut off, as MXNet's `int()` does. */
function classesOf(graph: GraphBuilder, label: GraphValue): GraphValue {
  return label.type === "int32" ? label : graph.one("Cast", [label], { DstT: { type: "int32" } });
}

/** The number of rows of a batch, float32. */
function countOf(graph: GraphBuilder, classes: GraphValue): GraphValue {
  const count = graph.one("Size", [classes], { out_type: { type: "int32" } });
  return graph.one("Cast", [count], { DstT: { type: "float32" } });
}

/** data - center of the own class (N, D), and the loss (1), sum |diff|^2 / (2N). */
function compare(graph: GraphBuilder, centers: GraphState, data: GraphValue, label: GraphValue) {
  const classes = classesOf(graph, label);
  const diff = graph.one("Sub", [data, centers.gather(classes)]);
  const sum = graph.one("Sum", [graph.one("Square", [diff]), graph.constant([0, 1], "int32")]);
  const half = graph.one("Mul", [sum, graph.constant(0.5)]);
  const loss = graph.one("RealDiv", [half, countOf(graph, classes)]);
  return { diff, loss: graph.one("Reshape", [loss, graph.constant([1], "int32")]) };
}

/** Moves the centers of the classes that occur: c_y += alpha * sum(diff of class y) / (1 + n_y), diff being (N, D). */
function move(graph: GraphBuilder, centers: GraphState, diff: GraphValue, classes: GraphValue, alpha: number): void {
  // Counts over the batch, and never over the classes.
  const [, group, count] = graph.node("UniqueWithCounts", [classes], { out_idx: { type: "int32" } });
  invariant(group && count, "UniqueWithCounts has three outputs");
  const own = graph.one("GatherV2", [count, group, graph.constant(0, "int32")]);
  const others = graph.one("AddV2", [graph.one("Cast", [own], { DstT: { type: "float32" } }), graph.constant(1)]);
  const step = graph.one("RealDiv", [graph.constant(alpha), others]);
  const column = graph.one("Reshape", [step, graph.constant([-1, 1], "int32")]);
  centers.scatterAdd(classes, graph.one("Mul", [diff, column]));
}

/**
 * Center loss in graphs: the centers are a table of which only the rows of a batch are touched. By the package's native
 * operators where the graph may have them, else by TensorFlow's own.
 */
export const centerLossLowering: Lowering<CenterLossAttributes> = {
  forward({ graph, inputs: [data, label], states: [diffBias, centers], inputShapes: [shape = []] }) {
    invariant(data && label && diffBias && centers, "centerloss has two arguments and three states");
    const store = (diff: GraphValue) =>
      diffBias.write(diffBias.shape[0] === shape[0] ? diff : withRowsBehind(graph, diff, diffBias));
    if (!hasOperators(graph)) {
      const { diff, loss } = compare(graph, centers, data, label);
      store(diff);
      return { outputs: [loss], saved: [diff] };
    }
    const [loss, diff] = graph.node("MxgraftCenterLossForward", [centers.handle, data, label], { scalar_loss: false });
    invariant(loss && diff, "the operator has two outputs");
    store(diff);
    return { outputs: [loss], saved: [diff] };
  },

  backward({ graph, attributes, inputs: [, label], saved: [diff], states: [, centers, sumBias] }) {
    invariant(label && diff && centers && sumBias, "backward of centerloss reads the labels");
    const { alpha, scale } = attributes;
    // Scratch memory of MXNet's operator, which leaves it at 0.
    sumBias.write(graph.constant(new Array<number>(sumBias.shape[0] ?? 0).fill(0), "float32", sumBias.shape));
    if (!hasOperators(graph)) {
      const classes = classesOf(graph, label);
      const weight = graph.one("RealDiv", [graph.constant(scale), countOf(graph, classes)]);
      move(graph, centers, diff, classes, alpha);
      return [graph.one("Mul", [diff, weight]), undefined];
    }
    const inputs = [centers.handle, diff, label, graph.constant(alpha), graph.constant(scale)];
    const [gradient] = graph.effect("MxgraftCenterLossBackward", inputs, [centers]);
    return [gradient, undefined];
  },
};
