import type { Shape } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import { gammaShape, type LeakyReLUAttributes } from "@mxgraft/operators";
import { add, binary, mul, type Operand, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, reshaped, shapeOf, summed } from "../shapes.ts";

// Klambauer et al. 2017, as far as float32 goes in MXNet.
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** `above` where x is positive, otherwise `below`. */
function choose(graph: GraphBuilder, x: GraphValue, above: GraphValue, below: GraphValue): GraphValue {
  return graph.one("SelectV2", [binary(graph, "Greater", x, 0), above, below]);
}

function leaky(graph: GraphBuilder, x: GraphValue, slope: Operand): GraphValue {
  return choose(graph, x, x, mul(graph, x, slope));
}

function leakyGradient(graph: GraphBuilder, dy: GraphValue, x: GraphValue, slope: Operand): GraphValue {
  return choose(graph, x, dy, mul(graph, dy, slope));
}

/** Half of 1 + erf(x / sqrt(2)): the normal distribution function. */
function normalCdf(graph: GraphBuilder, x: GraphValue): GraphValue {
  return mul(graph, add(graph, unary(graph, "Erf", mul(graph, x, Math.SQRT1_2)), 1), 0.5);
}

/** The shape in which gamma meets channels-last data of a shape. */
function fittedShape(shape: Shape, gamma: Shape): number[] {
  const [batch = 1, channels = 1, ...rest] = shape;
  const [gammaBatch = 1, gammaChannels = 1] = gammaShape(gamma, shape.length > 1 ? [batch, channels] : [batch]);
  return shape.length > 1 ? [gammaBatch, ...rest.map(() => 1), gammaChannels] : [gammaBatch];
}

/** Lowering of LeakyReLU. */
export const leakyReLULowering: Lowering<LeakyReLUAttributes> = {
  forward({ graph, attributes, inputs, inputShapes: [shape = [], gamma = []], isTrain, seed }) {
    const data = given(inputs[0], "data");
    const { act_type, slope, lower_bound, upper_bound } = attributes;
    switch (act_type) {
      case "leaky":
        return [graph.one("LeakyRelu", [data], { alpha: slope })];
      case "prelu":
        return [leaky(graph, data, reshaped(graph, given(inputs[1], "gamma"), fittedShape(shape, gamma)))];
      case "rrelu": {
        if (!isTrain) {
          const mean = graph.constant((lower_bound + upper_bound) / 2);
          return [leaky(graph, data, mean), mean];
        }
        const uniform = graph.one("StatelessRandomUniform", [shapeOf(graph, data), seed()], {
          dtype: { type: "float32" },
        });
        const slopes = add(graph, mul(graph, uniform, upper_bound - lower_bound), lower_bound);
        return [leaky(graph, data, slopes), slopes];
      }
      case "elu":
        if (slope === 1) return [unary(graph, "Elu", data)];
        return [choose(graph, data, data, mul(graph, unary(graph, "Expm1", data), slope))];
      case "selu":
        return [unary(graph, "Selu", data)];
      case "gelu":
        return [mul(graph, data, normalCdf(graph, data))];
      default:
        return act_type satisfies never;
    }
  },
  backward({ graph, attributes, inputs, outputs, headGradients: [dy], wanted, inputShapes: [shape = [], gamma = []] }) {
    const { act_type, slope } = attributes;
    if (!dy) return [];
    if (act_type === "selu") {
      const output = given(outputs[0], "output");
      // MXNet's slope for negative numbers; the right one would be the output plus both constants' product.
      return [mul(graph, leakyGradient(graph, dy, output, add(graph, output, SELU_ALPHA)), SELU_SCALE)];
    }
    const data = given(inputs[0], "data");
    switch (act_type) {
      case "leaky":
        return [graph.one("LeakyReluGrad", [dy, data], { alpha: slope })];
      case "prelu": {
        const fitted = fittedShape(shape, gamma);
        const slopes = () => reshaped(graph, given(inputs[1], "gamma"), fitted);
        const dGamma = () => {
          const each = mul(graph, dy, binary(graph, "Minimum", data, 0));
          const [batch = 1, channels = 1, ...rest] = shape;
          const full = shape.length > 1 ? [batch, ...rest, channels] : [batch];
          const axes = full.flatMap((size, axis) => (size !== fitted[axis] ? [axis] : []));
          return graph.one("Reshape", [summed(graph, each, axes), integers(graph, gamma)]);
        };
        return [wanted[0] ? leakyGradient(graph, dy, data, slopes()) : undefined, wanted[1] ? dGamma() : undefined];
      }
      case "rrelu":
        return [leakyGradient(graph, dy, data, given(outputs[1], "mask"))];
      case "elu":
        return [leakyGradient(graph, dy, data, mul(graph, unary(graph, "Exp", data), slope))];
      case "gelu": {
        const exponent = mul(graph, unary(graph, "Square", data), -0.5);
        const density = mul(graph, unary(graph, "Exp", exponent), 1 / Math.sqrt(2 * Math.PI));
        return [mul(graph, dy, add(graph, normalCdf(graph, data), mul(graph, data, density)))];
      }
      default:
        return act_type satisfies never;
    }
  },
};
