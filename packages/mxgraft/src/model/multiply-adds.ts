import { isKnown, type Shape, sizeOf } from "@mxgraft/base";
import type { EntryFacts, GraphNode } from "@mxgraft/symbol";

/** Gates of a cell: rows of its weights for each unit of the state. */
const GATES: ReadonlyMap<string, number> = new Map([
  ["rnn_relu", 1],
  ["rnn_tanh", 1],
  ["gru", 3],
  ["lstm", 4],
]);

/**
 * Multiply-adds of one forward of a node, for the whole batch: of convolutions, matrix products and RNNs, where nearly
 * all of the time goes; 0 for other operators.
 *
 *   Convolution     elements of the output x weights of one filter
 *   Deconvolution   elements of the data x weights of one of its channels
 *   FullyConnected  elements of the output x inputs of one unit
 *   dot and kin     elements of the output x length of the sum
 *   RNN             steps x batch x weights, biases left out
 *
 * @returns `undefined` where the shapes are not known.
 */
export function multiplyAdds(node: GraphNode, shapes: EntryFacts<Shape>): number | undefined {
  const [data, weight] = node.inputs.map((entry) => shapes.get(entry));
  const output = shapes.get({ node, index: 0 });
  switch (node.op) {
    case "Convolution":
    case "Convolution_v1":
    case "FullyConnected":
      if (!isKnown(weight) || !isKnown(output)) return undefined;
      return sizeOf(output) * sizeOf(weight.slice(1));
    case "Deconvolution":
      if (!isKnown(weight) || !isKnown(data)) return undefined;
      return sizeOf(data) * sizeOf(weight.slice(1));
    case "dot":
      return product(data, weight, output, 1);
    case "batch_dot":
    case "_linalg_gemm":
    case "_linalg_gemm2":
      return product(data, weight, output, output === undefined ? 0 : sizeOf(output.slice(0, -2)));
    case "RNN":
      if (!isKnown(data) || !isKnown(weight)) return undefined;
      return (data[0] ?? 0) * (data[1] ?? 0) * (sizeOf(weight) - rnnBiases(node));
    default:
      return 0;
  }
}

/** Of (B, M, K) and (B, K, N), in whatever order of the axes: the sizes alone tell K. */
function product(a: Shape | undefined, b: Shape | undefined, output: Shape | undefined, batch: number) {
  if (!isKnown(a) || !isKnown(b) || !isKnown(output)) return undefined;
  const length = Math.sqrt((sizeOf(a) * sizeOf(b)) / (sizeOf(output) * batch));
  return sizeOf(output) * Math.round(length);
}

function rnnBiases({ attributes }: GraphNode): number {
  const number = (name: string) => Number(attributes.get(name) ?? 0);
  const directions = ["True", "true", "1"].includes(attributes.get("bidirectional") ?? "") ? 2 : 1;
  const gates = GATES.get(attributes.get("mode") ?? "") ?? 0;
  return 2 * directions * gates * number("num_layers") * number("state_size");
}
