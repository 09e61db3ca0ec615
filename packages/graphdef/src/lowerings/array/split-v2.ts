import { normalizeAxis, type Shape } from "@mxgraft/base";
import type { Lowering } from "@mxgraft/operator";
import { type SplitV2Attributes, splitBounds } from "@mxgraft/operators";
import { given } from "../given.ts";
import { integers, reshaped, shapeAtRun } from "../shapes.ts";

/** The axis that is cut and the shapes of the pieces; the first `skipped` lie before the first bound and are no outputs. */
function piecesOf(attributes: SplitV2Attributes, shape: Shape) {
  const axis = normalizeAxis(attributes.axis, shape.length, 'attribute "axis"');
  const bounds = splitBounds(attributes, shape[axis] ?? 0);
  const skipped = bounds[0] === 0 ? 0 : 1;
  const ends = skipped === 0 ? bounds.slice(1) : bounds;
  return { axis, shapes: ends.map((end, i) => shape.with(axis, end - (ends[i - 1] ?? 0))), skipped };
}

/** Lowering of _split_v2. */
export const splitV2Lowering: Lowering<SplitV2Attributes> = {
  forward({ graph, attributes, inputs: [data], inputShapes: [shape = []], outputShapes }) {
    const { axis, shapes, skipped } = piecesOf(attributes, shape);
    const sizes = shapes.map((piece) => piece[axis] ?? 0);
    const inputs = [given(data, "data"), integers(graph, sizes), graph.constant(axis, "int32")];
    const pieces = graph.node("SplitV", inputs, { num_split: sizes.length });
    return pieces.slice(skipped).map((piece, i) => reshaped(graph, piece, outputShapes[i] ?? []));
  },
  backward({ graph, attributes, headGradients, inputShapes: [shape = []] }) {
    const { axis, shapes, skipped } = piecesOf(attributes, shape);
    const heads = [...new Array<undefined>(skipped), ...headGradients];
    const pieces = shapes.map((piece, i) => heads[i] && reshaped(graph, heads[i], piece));
    const known = pieces.findIndex((piece) => piece !== undefined);
    const like = pieces[known];
    if (!like) return [];
    const zeros = (piece: Shape) =>
      graph.one("Fill", [shapeAtRun(graph, piece, like, shapes[known] ?? []), graph.constant(0)]);
    const parts = shapes.map((piece, i) => pieces[i] ?? zeros(piece));
    return [parts.length === 1 ? like : graph.one("ConcatV2", [parts, graph.constant(axis, "int32")])];
  },
};
