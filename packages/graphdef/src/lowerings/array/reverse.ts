import type { Lowering } from "@mxgraft/operator";
import type { ReverseAttributes } from "@mxgraft/operators";
import { given } from "../given.ts";
import { integers } from "../shapes.ts";

/** Lowering of reverse, which undoes itself. */
export const reverseLowering: Lowering<ReverseAttributes> = {
  forward: ({ graph, attributes: { axis }, inputs: [data] }) => [
    graph.one("ReverseV2", [given(data, "data"), integers(graph, axis)]),
  ],
  backward: ({ graph, attributes: { axis }, headGradients: [dy] }) =>
    dy ? [graph.one("ReverseV2", [dy, integers(graph, axis)])] : [],
};
