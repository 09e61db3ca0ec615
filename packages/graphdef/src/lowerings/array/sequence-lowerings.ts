import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type { SequenceAttributes, SequenceMaskAttributes } from "@mxgraft/operators";
import { binary, cast, sub } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, shapeOf, sizeAt } from "../shapes.ts";

// Data (T, N, ...) or, with axis 1, (N, T, ...): both sizes are asked for at run time.

/** 0, 1, ... up to the size of an axis. */
function positions(graph: GraphBuilder, x: GraphValue, axis: number): GraphValue {
  return graph.one("Range", [graph.constant(0, "int32"), sizeAt(graph, x, axis), graph.constant(1, "int32")]);
}

/** A vector along one of so many axes; the others have size 1. */
function along(graph: GraphBuilder, vector: GraphValue, axis: number, rank: number): GraphValue {
  return graph.one("Reshape", [vector, integers(graph, new Array<number>(rank).fill(1).with(axis, -1))]);
}

/** The steps of time, the length of each sequence and whether the one is within the other, of so many axes. */
function stepsOf(graph: GraphBuilder, data: GraphValue, axis: number, lengths: GraphValue, rank: number) {
  const step = along(graph, positions(graph, data, axis), axis, rank);
  const length = along(graph, cast(graph, lengths, "int32"), 1 - axis, rank);
  return { step, length, within: binary(graph, "Less", step, length) };
}

/** Places in the first two axes from those of time and batch, which are put side by side along a new last axis. */
function placesOf(graph: GraphBuilder, axis: number, time: GraphValue, batch: GraphValue, rank: number): GraphValue {
  return graph.one("Pack", [axis === 0 ? [time, batch] : [batch, time]], { axis: rank });
}

const last: Lowering<SequenceAttributes> = {
  forward({ graph, attributes: { axis }, inputs }) {
    const data = given(inputs[0], "data");
    const batch = positions(graph, data, 1 - axis);
    const whole = () => graph.one("Fill", [shapeOf(graph, batch), sizeAt(graph, data, axis)]);
    const length = inputs[1] ? cast(graph, inputs[1], "int32") : whole();
    const places = placesOf(graph, axis, sub(graph, length, 1), batch, 1);
    return { outputs: [graph.one("GatherNd", [data, places])], saved: [places, shapeOf(graph, data)] };
  },
  backward({ graph, saved: [places, shape], headGradients: [dy] }) {
    return dy ? [graph.one("ScatterNd", [given(places, "places"), dy, given(shape, "the shape of data")])] : [];
  },
};

/** Data up to the end of each sequence, a value behind it. */
function masked(graph: GraphBuilder, data: GraphValue, axis: number, lengths: GraphValue, rank: number, value: number) {
  const { within } = stepsOf(graph, data, axis, lengths, rank);
  return graph.one("SelectV2", [within, data, graph.constant(value, data.type)]);
}

const mask: Lowering<SequenceMaskAttributes> = {
  forward({ graph, attributes: { axis, value }, inputs: [data, lengths], inputShapes: [shape = []] }) {
    const x = given(data, "data");
    return [lengths ? masked(graph, x, axis, lengths, shape.length, value) : graph.one("Identity", [x])];
  },
  backward({ graph, attributes: { axis }, inputs: [, lengths], inputShapes: [shape = []], headGradients: [dy] }) {
    if (!dy) return [];
    return [lengths ? masked(graph, dy, axis, lengths, shape.length, 0) : dy];
  },
};

/** Each sequence turned round, which undoes itself. */
function turned(graph: GraphBuilder, data: GraphValue, axis: number, lengths: GraphValue | undefined): GraphValue {
  if (!lengths) return graph.one("ReverseV2", [data, integers(graph, [axis])]);
  const { step, length, within } = stepsOf(graph, data, axis, lengths, 2);
  const from = graph.one("SelectV2", [within, sub(graph, sub(graph, length, 1), step), step]);
  const batch = along(graph, positions(graph, data, 1 - axis), 1 - axis, 2);
  const spread = graph.one("BroadcastTo", [batch, shapeOf(graph, from)]);
  // ReverseSequence would compute where each element comes from; this copies rows.
  return graph.one("GatherNd", [data, placesOf(graph, axis, from, spread, 2)]);
}

const reverse: Lowering<SequenceAttributes> = {
  forward: ({ graph, attributes: { axis }, inputs: [data, lengths] }) => [
    turned(graph, given(data, "data"), axis, lengths),
  ],
  backward: ({ graph, attributes: { axis }, inputs: [, lengths], headGradients: [dy] }) =>
    dy ? [turned(graph, dy, axis, lengths)] : [],
};

/** Lowerings of the operators on sequences of different lengths, by MXNet's names. */
export const sequenceLowerings = { SequenceLast: last, SequenceMask: mask, SequenceReverse: reverse } as const;
