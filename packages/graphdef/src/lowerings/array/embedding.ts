import type { Lowering } from "@mxgraft/operator";
import type { EmbeddingAttributes } from "@mxgraft/operators";
import { given } from "../given.ts";
import { boundedIndex } from "./bounded-index.ts";

/** Lowering of Embedding. */
export const embeddingLowering: Lowering<EmbeddingAttributes> = {
  forward({ graph, attributes: { input_dim }, inputs }) {
    const ids = boundedIndex(graph, given(inputs[0], "data"), input_dim, "clip");
    return [graph.one("GatherV2", [given(inputs[1], "weight"), ids, graph.constant(0, "int32")])];
  },
  backward({ graph, attributes: { input_dim }, inputs: [data], headGradients: [dy], wanted: [, wantsWeight] }) {
    if (!dy || !wantsWeight) return [];
    const ids = boundedIndex(graph, given(data, "data"), input_dim, "clip");
    return [undefined, graph.one("UnsortedSegmentSum", [dy, ids, graph.constant(input_dim, "int32")])];
  },
};
