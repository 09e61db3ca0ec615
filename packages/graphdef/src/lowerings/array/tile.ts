import type { Shape } from "@mxgraft/base";
import type { Lowering } from "@mxgraft/operator";
import type { TileAttributes } from "@mxgraft/operators";
import { given } from "../given.ts";
import { integers, reshaped, summed } from "../shapes.ts";

/** Sizes and repetitions of each axis of the output; the size of data's first axis is -1: it follows from the others. */
function axesOf({ reps }: TileAttributes, shape: Shape) {
  const rank = Math.max(shape.length, reps.length);
  const first = rank - shape.length;
  return Array.from({ length: rank }, (_, axis) => ({
    size: axis === first ? -1 : (shape[axis - first] ?? 1),
    times: reps[axis - rank + reps.length] ?? 1,
  }));
}

/** Lowering of tile. */
export const tileLowering: Lowering<TileAttributes> = {
  forward({ graph, attributes, inputs: [data], inputShapes: [shape = []] }) {
    const axes = axesOf(attributes, shape);
    const x = given(data, "data");
    const sizes = axes.map(({ size }) => size);
    const whole = axes.length === shape.length ? x : graph.one("Reshape", [x, integers(graph, sizes)]);
    const times = axes.map((axis) => axis.times);
    return [graph.one("Tile", [whole, integers(graph, times)])];
  },
  backward({ graph, attributes, inputShapes: [shape = []], headGradients: [dy] }) {
    if (!dy) return [];
    const axes = axesOf(attributes, shape);
    // Every axis as the copies and what was copied.
    const copies = graph.one("Reshape", [
      dy,
      integers(
        graph,
        axes.flatMap(({ times, size }) => [times, size]),
      ),
    ]);
    const sum = summed(
      graph,
      copies,
      axes.map((_, axis) => 2 * axis),
    );
    return [reshaped(graph, sum, shape)];
  },
};
