import type { Shape } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type { ScatterNdAttributes } from "@mxgraft/operators";
import { binary, cast } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, shapeOf } from "../shapes.ts";

/**
 * Coordinates (M, ...) of MXNet as TensorFlow's (..., M), within an array; negative ones count from its end.
 *
 * @param shape  sizes of the array, a vector.
 */
function coordinatesIn(graph: GraphBuilder, coordinates: GraphValue, [count = 0, ...places]: Shape, shape: GraphValue) {
  const order = integers(graph, [...places.map((_, axis) => axis + 1), 0]);
  const last = graph.one("Transpose", [cast(graph, coordinates, "int32"), order]);
  const sizes = graph.one("Slice", [shape, integers(graph, [0]), integers(graph, [count])]);
  return binary(graph, "FloorMod", last, sizes);
}

const gatherNd: Lowering = {
  forward({ graph, inputs, inputShapes: [, places = []] }) {
    const data = given(inputs[0], "data");
    const shape = shapeOf(graph, data);
    const coordinates = coordinatesIn(graph, given(inputs[1], "indices"), places, shape);
    return { outputs: [graph.one("GatherNd", [data, coordinates])], saved: [coordinates, shape] };
  },
  backward({ graph, saved: [coordinates, shape], headGradients: [dy] }) {
    if (!dy) return [];
    return [graph.one("ScatterNd", [given(coordinates, "coordinates"), dy, given(shape, "the shape of data")])];
  },
};

const scatterNd: Lowering<ScatterNdAttributes> = {
  forward({ graph, attributes, inputs, inputShapes: [, places = []] }) {
    const shape = integers(graph, attributes.shape);
    const coordinates = coordinatesIn(graph, given(inputs[1], "indices"), places, shape);
    return {
      outputs: [graph.one("ScatterNd", [coordinates, given(inputs[0], "data"), shape])],
      saved: [coordinates],
    };
  },
  backward({ graph, saved: [coordinates], headGradients: [dy] }) {
    return dy ? [graph.one("GatherNd", [dy, given(coordinates, "coordinates")])] : [];
  },
};

/** Lowerings of the operators that read and write by coordinates, by MXNet's names. */
export const coordinateLowerings = { gather_nd: gatherNd, scatter_nd: scatterNd } as const;
