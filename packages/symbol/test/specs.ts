import type { Shape } from "@mxgraft/base";
import {
  boolean,
  defaulted,
  defineOperator,
  integer,
  operators,
  optional,
  real,
  required,
  text,
  tuple,
} from "@mxgraft/operator";

/** Small specifications of some MXNet operators: what these tests need, not all that MXNet has. */

const sameShape = (known: { arguments: readonly (Shape | undefined)[]; outputs: readonly (Shape | undefined)[] }) => {
  const shape = known.arguments.find((one) => one !== undefined) ?? known.outputs[0];
  return { arguments: known.arguments.map(() => shape), outputs: known.outputs.map(() => shape) };
};

const specs = [
  defineOperator<{ num_hidden: number; no_bias: boolean }>({
    name: "FullyConnected",
    attributes: { num_hidden: required(integer({ min: 1 })), no_bias: defaulted(boolean, false) },
    arguments: ({ no_bias }) => (no_bias ? ["data", "weight"] : ["data", "weight", "bias"]),
    inferShape({ num_hidden, no_bias }, known) {
      const [data, weight] = known.arguments;
      const batch = data?.[0] ?? known.outputs[0]?.[0] ?? 0;
      return {
        arguments: [
          weight || data ? [batch, data?.[1] || weight?.[1] || 0] : undefined,
          [num_hidden, data?.[1] ?? 0],
          ...(no_bias ? [] : [[num_hidden]]),
        ],
        outputs: [[batch, num_hidden]],
      };
    },
  }),
  defineOperator<{ kernel: readonly number[]; num_filter: number }>({
    name: "Convolution",
    attributes: { kernel: required(tuple), num_filter: required(integer({ min: 1 })) },
    arguments: ["data", "weight", "bias"],
    inferShape: () => ({}),
  }),
  defineOperator<{ fix_gamma: boolean; output_mean_var: boolean }>({
    name: "BatchNorm",
    attributes: { fix_gamma: defaulted(boolean, true), output_mean_var: defaulted(boolean, false) },
    arguments: ["data", "gamma", "beta"],
    outputs: ["output", "mean", "var"],
    visibleOutputs: ({ output_mean_var }) => (output_mean_var ? 3 : 1),
    auxiliaryStates: ["moving_mean", "moving_var"],
    inferShape(_, known) {
      const data = known.arguments[0] ?? known.outputs[0];
      if (!data) return {};
      const channels = [data[1] ?? 0];
      return {
        arguments: [data, channels, channels],
        outputs: [data, channels, channels],
        auxiliaryStates: [channels, channels],
      };
    },
  }),
  defineOperator<{ act_type: string }>({
    name: "Activation",
    attributes: { act_type: required(text) },
    inferShape: (_, known) => sameShape(known),
  }),
  defineOperator<{ act_type: string; slope: number }>({
    name: "LeakyReLU",
    attributes: { act_type: defaulted(text, "leaky"), slope: defaulted(real, 0.25) },
    arguments: ({ act_type }) => (act_type === "prelu" ? ["data", "gamma"] : ["data"]),
    inferShape: () => ({}),
  }),
  defineOperator({
    name: "SoftmaxOutput",
    aliases: ["Softmax"],
    attributes: {},
    arguments: ["data", "label"],
    inferShape(_, known) {
      const data = known.arguments[0] ?? known.outputs[0];
      return data ? { arguments: [data, data.slice(0, 1)], outputs: [data] } : {};
    },
  }),
  defineOperator<{ num_outputs: number }>({
    name: "SliceChannel",
    attributes: { num_outputs: required(integer({ min: 1 })) },
    outputs: ({ num_outputs }) => Array.from({ length: num_outputs }, (_, i) => `output${i}`),
    inferShape: () => ({}),
  }),
  defineOperator<{ num_args: number; dim: number }>({
    name: "Concat",
    attributes: { num_args: required(integer({ min: 1 })), dim: defaulted(integer(), 1) },
    arguments: ({ num_args }) => Array.from({ length: num_args }, (_, i) => `arg${i}`),
    countAttribute: "num_args",
    inferShape: () => ({}),
  }),
  defineOperator<{ axis: number | null }>({
    name: "argmax",
    attributes: { axis: defaulted(optional(integer()), null) },
    inferShape: () => ({}),
  }),
  defineOperator({
    name: "elemwise_add",
    aliases: ["_Plus", "_plus"],
    attributes: {},
    arguments: ["lhs", "rhs"],
    inferShape: (_, known) => sameShape(known),
    inferType(_, known) {
      const type = known.arguments[0] ?? known.arguments[1] ?? known.outputs[0];
      return { arguments: [type, type], outputs: [type] };
    },
  }),
  ...["plus", "mul", "rminus"].map((word) =>
    defineOperator<{ scalar: number }>({
      name: `_${word}_scalar`,
      aliases: [`_${{ plus: "Plus", mul: "Mul", rminus: "RMinus" }[word]}Scalar`],
      attributes: { scalar: required(real) },
      inferShape: (_, known) => sameShape(known),
    }),
  ),
];

for (const spec of specs) operators.register(spec);
