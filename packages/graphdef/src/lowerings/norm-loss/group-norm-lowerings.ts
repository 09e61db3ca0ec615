import { type Shape, sizeOf } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import { add, mul } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, reshaped, summed } from "../shapes.ts";
import { meanOfRows, standardize, standardizeGradient } from "./standardize.ts";

/** Groups of channels: how many, and how many elements of a sample are in each. */
interface Groups {
  readonly groups: number;
  readonly size: number;
}

function groupsOf([data = [], gamma = []]: readonly Shape[]): Groups {
  const groups = sizeOf(gamma);
  return { groups, size: sizeOf(data.slice(1)) / groups };
}

/** Data (N, C, ...) as (N, groups, elements of a group). */
function inGroups(graph: GraphBuilder, x: GraphValue, { groups, size }: Groups): GraphValue {
  return graph.one("Reshape", [x, integers(graph, [-1, groups, size])]);
}

/** One number for each group, beside its elements. */
function perGroup(graph: GraphBuilder, x: GraphValue, { groups }: Groups): GraphValue {
  return graph.one("Reshape", [x, integers(graph, [groups, 1])]);
}

/** The sum over samples and elements, from the means (N, groups, 1) of the elements. */
function sumOfGroups(graph: GraphBuilder, means: GraphValue, { size }: Groups): GraphValue {
  return mul(graph, summed(graph, means, [0, 2]), size);
}

/**
 * The lowering that normalizes groups of neighbouring channels; each group has one gamma and one beta, as many as gamma
 * has elements. What gamma and 1 / std multiply is the same for a whole group, so they are multiplied first.
 */
function groupNormLowering<A extends { readonly eps: number }>(): Lowering<A> {
  return {
    forward({ graph, attributes: { eps }, inputs, inputShapes, outputShapes: [shape = []] }) {
      const own = groupsOf(inputShapes);
      const { centered, mean, std, inverse } = standardize(graph, inGroups(graph, given(inputs[0], "data"), own), eps);
      const scale = mul(graph, inverse, perGroup(graph, given(inputs[1], "gamma"), own));
      const output = add(graph, mul(graph, centered, scale), perGroup(graph, given(inputs[2], "beta"), own));
      const squeezed = (x: GraphValue) => graph.one("Squeeze", [x], { squeeze_dims: [2] });
      return {
        outputs: [reshaped(graph, output, shape), squeezed(mean), squeezed(std)],
        saved: [centered, inverse, scale],
      };
    },
    /** dx = gamma / std (dy - mean(dy) - centered mean(dy centered) / std^2) */
    backward({ graph, inputShapes, saved, headGradients: [head], wanted }) {
      if (!head) return [];
      const own = groupsOf(inputShapes);
      const [centered, inverse] = [given(saved[0], "data - mean"), given(saved[1], "1 / std")];
      const dy = inGroups(graph, head, own);
      const mean = meanOfRows(graph, dy);
      const slope = mul(graph, meanOfRows(graph, mul(graph, dy, centered)), inverse);
      const dx = () => {
        const gradient = standardizeGradient(graph, dy, mean, centered, mul(graph, slope, inverse));
        return reshaped(graph, mul(graph, gradient, given(saved[2], "gamma / std")), given(inputShapes[0], "a shape"));
      };
      return [
        wanted[0] ? dx() : undefined,
        wanted[1] ? sumOfGroups(graph, slope, own) : undefined,
        wanted[2] ? sumOfGroups(graph, mean, own) : undefined,
      ];
    },
  };
}

/** Lowerings of the normalizations of groups of channels, by MXNet's names; for InstanceNorm each channel is one. */
export const groupNormLowerings = { GroupNorm: groupNormLowering(), InstanceNorm: groupNormLowering() } as const;
