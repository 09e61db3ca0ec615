import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type { SpatialTransformerAttributes } from "@mxgraft/operators";
import { given } from "../given.ts";
import { integers } from "../shapes.ts";
import { bilinearSampling, bilinearSamplingGradient } from "./bilinear-sampling.ts";

/** The pixels of the target as columns (x, y, 1), x and y from -1 to 1: (3, P Q). */
function pixels(graph: GraphBuilder, { target_shape: [height = 1, width = 1] }: SpatialTransformerAttributes) {
  const count = height * width;
  // A single row or column is at the edge -1; MXNet divides 0 by 0 there.
  const place = (at: number, size: number) => (at * 2) / Math.max(size - 1, 1) - 1;
  const x = Array.from({ length: count }, (_, i) => place(i % width, width));
  const y = Array.from({ length: count }, (_, i) => place(Math.floor(i / width), height));
  return graph.constant([...x, ...y, ...new Array<number>(count).fill(1)], "float32", [3, count]);
}

/** Where the affine maps (N, 6) send the pixels of the target: (N, 2, P, Q). */
function affineGrid(graph: GraphBuilder, maps: GraphValue, attributes: SpatialTransformerAttributes): GraphValue {
  const rows = graph.one("Reshape", [maps, integers(graph, [-1, 3])]);
  const places = graph.one("MatMul", [rows, pixels(graph, attributes)]);
  return graph.one("Reshape", [places, integers(graph, [-1, 2, ...attributes.target_shape])]);
}

/** Lowering of SpatialTransformer. */
export const spatialTransformerLowering: Lowering<SpatialTransformerAttributes> = {
  forward({ graph, attributes, inputs, inputShapes: [dataShape = []], outputShapes: [, gridShape = []] }) {
    const grid = affineGrid(graph, given(inputs[1], "loc"), attributes);
    return [bilinearSampling(graph, { data: given(inputs[0], "data"), grid, dataShape, gridShape }), grid];
  },
  backward({ graph, attributes, inputs, outputs, inputShapes, outputShapes, headGradients: [dy], wanted }) {
    if (!dy) return [];
    const [dataShape = []] = inputShapes;
    const [, gridShape = []] = outputShapes;
    const [data, grid] = [given(inputs[0], "data"), given(outputs[1], "grid")];
    const gradient = bilinearSamplingGradient(graph, dy, { data, grid, dataShape, gridShape });
    const [height = 1, width = 1] = attributes.target_shape;
    const dLoc = () => {
      const rows = graph.one("Reshape", [gradient.grid(), integers(graph, [-1, height * width])]);
      const product = graph.one("MatMul", [rows, pixels(graph, attributes)], { transpose_b: true });
      return graph.one("Reshape", [product, integers(graph, [-1, 6])]);
    };
    return [wanted[0] ? gradient.data() : undefined, wanted[1] ? dLoc() : undefined];
  },
};
