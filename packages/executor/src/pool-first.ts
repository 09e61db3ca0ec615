import { type Shape, sizeOf } from "@mxgraft/base";
import type { EntryRef, GraphNode } from "@mxgraft/symbol";
import type { BoundNode } from "./bound-node.ts";

/**
 * Lets functions of elements that keep the order of numbers change places with the maximum pooling that reads them:
 *
 *   max(f(x)) = f(max(x))
 *
 * f and its gradient then have no more to compute than the maxima, a quarter of the numbers in most networks. The
 * gradient goes to the same elements, except where f gives two of them one value: to the larger one instead of the
 * first. They are equal but for rounding then, or f is flat there and its gradient 0. Maxima pass NaN over, whose own
 * gradient is no longer NaN, and a window of nothing else gives f of the lowest number instead of the lowest number.
 *
 * Both nodes keep their places in the graph, and swap what they compute. A value that is asked for, as an output or by
 * a second reader, is not touched.
 *
 * @param bound    the nodes with an operator, in the order in which they run.
 * @param outputs  the outputs of the graph.
 */
export function poolFirst(bound: Map<GraphNode, BoundNode>, outputs: readonly EntryRef[]): void {
  const readers = new Map<GraphNode, number>();
  for (const { node } of [...Array.from(bound.keys(), ({ inputs }) => inputs).flat(), ...outputs]) {
    readers.set(node, (readers.get(node) ?? 0) + 1);
  }
  for (const pooling of bound.values()) {
    const [source] = pooling.node.inputs;
    const activation = source && bound.get(source.node);
    if (activation === undefined || readers.get(activation.node) !== 1) continue;
    if (!keepsOrder(activation) || !takesMaxima(pooling) || !isFewer(pooling.outputShapes, pooling.inputShapes))
      continue;
    const shapes = pooling.outputShapes;
    bound.set(activation.node, { ...pooling, node: activation.node });
    bound.set(pooling.node, { ...activation, node: pooling.node, inputShapes: shapes, outputShapes: shapes });
  }
}

type Computation = Pick<BoundNode, "operator" | "inputShapes">;

/** Whether what is computed is a function of each element that falls nowhere. */
export function keepsOrder({ operator: { spec, attributes } }: Computation): boolean {
  return spec.keepsOrder?.(attributes) ?? false;
}

/** Whether what is computed are the largest elements of windows with one at least. */
export function takesMaxima({ operator: { spec, attributes }, inputShapes: [data] }: Computation): boolean {
  return data !== undefined && (spec.takesMaxima?.(attributes, data) ?? false);
}

function isFewer([output = []]: readonly Shape[], [data = []]: readonly Shape[]): boolean {
  return sizeOf(output) < sizeOf(data);
}
