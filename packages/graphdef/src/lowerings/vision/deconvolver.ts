import type { GraphBuilder, GraphValue } from "@mxgraft/operator";
import type { DeconvolutionWindow } from "@mxgraft/operators";
import {
  convolutionPlan,
  convolve,
  dataGradient,
  filtersOf,
  lift,
  unlift,
  weightGradient,
} from "../nn/convolution-plan.ts";
import { batchShape } from "../shapes.ts";

/** Deconvolution and its gradients, on values in the layouts of a convolution. */
export interface Deconvolver {
  forward(graph: GraphBuilder, data: GraphValue, weight: GraphValue): GraphValue;
  dataGradient(graph: GraphBuilder, dy: GraphValue, weight: GraphValue): GraphValue;
  weightGradient(graph: GraphBuilder, data: GraphValue, dy: GraphValue): GraphValue;
}

interface DeconvolutionSizes {
  readonly window: DeconvolutionWindow;
  readonly groups: number;
  readonly channels: number;
  /** Channels of the output. */
  readonly filters: number;
}

/** The deconvolver for a window, made of the convolution, from the output to the data, that it is the transpose of. */
export function deconvolver({ window, groups, channels, filters }: DeconvolutionSizes): Deconvolver {
  const plan = convolutionPlan({ window, groups, channels: filters, filters: channels, sizes: window.output });
  const sizes = [...(plan.isLifted ? [1] : []), ...window.output, filters];
  return {
    forward(graph, data, weight) {
      const x = lift(graph, data, plan);
      const shape = batchShape(graph, x, sizes);
      return unlift(graph, dataGradient(graph, x, filtersOf(graph, weight, plan), shape, plan), plan);
    },
    dataGradient(graph, dy, weight) {
      return unlift(graph, convolve(graph, lift(graph, dy, plan), filtersOf(graph, weight, plan), plan), plan);
    },
    weightGradient: (graph, data, dy) => weightGradient(graph, lift(graph, dy, plan), lift(graph, data, plan), plan),
  };
}
