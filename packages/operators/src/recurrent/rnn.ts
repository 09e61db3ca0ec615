import { AttributeError, formatShape, ShapeError, sizeOf } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  oneOf,
  optional,
  real,
  required,
} from "@mxgraft/operator";
import { rnnParts } from "./rnn-parts.ts";

const attributes = {
  state_size: required(integer({ min: 1 }), "units of a layer"),
  num_layers: required(integer({ min: 1 }), "layers, each fed by the one before"),
  bidirectional: defaulted(boolean, false, "whether a second set of units reads every sequence backwards"),
  mode: required(oneOf("rnn_relu", "rnn_tanh", "lstm", "gru"), "kind of the units"),
  p: defaulted(real, 0, "fraction of a layer's outputs dropped in training before the next layer"),
  state_outputs: defaulted(boolean, false, "whether the last states are outputs"),
  projection_size: defaulted(optional(integer({ min: 1 })), null, "size of projected LSTM states; not supported"),
  lstm_state_clip_min: defaulted(optional(real), null, "least LSTM state; not supported"),
  lstm_state_clip_max: defaulted(optional(real), null, "greatest LSTM state; not supported"),
  lstm_state_clip_nan: defaulted(boolean, false, "used with the clipping of states only"),
  use_sequence_length: defaulted(boolean, false, "whether there is an argument sequence_length"),
};

export type RNNAttributes = AttributesOf<typeof attributes>;

/** Numbers of a unit that backward needs from each step: state, cell state, gates; see the kernel. */
const KEPT = { rnn_relu: 1, rnn_tanh: 1, lstm: 6, gru: 5 } as const;

function outputNames({ state_outputs, mode, p, num_layers }: RNNAttributes): readonly string[] {
  const states = mode === "lstm" ? ["state_output", "statecell_output"] : ["state_output"];
  return ["output", ...(state_outputs ? states : []), "reserve", ...(p > 0 && num_layers > 1 ? ["mask"] : [])];
}

function checkSupported({ projection_size, lstm_state_clip_min, lstm_state_clip_max }: RNNAttributes): void {
  const given = Object.entries({ projection_size, lstm_state_clip_min, lstm_state_clip_max }).filter(
    ([, value]) => value !== null,
  );
  const [first] = given[0] ?? [];
  if (first === undefined) return;
  throw new AttributeError(
    `attributes ${given.map(([name, value]) => `"${name}" (${value})`).join(", ")} are not supported, expected "None": MXNet itself computes them with cuDNN only.`,
    { argument: first },
  );
}

/**
 * Recurrent layers over whole sequences, as cuDNN has them.
 *
 *   rnn_relu, rnn_tanh  h = f(Wx x + bx + Wh h' + bh)
 *   lstm                i, f, o = sigmoid, g = tanh of (Wx x + bx + Wh h' + bh);  c = f c' + i g;  h = o tanh(c)
 *   gru                 r, z = sigmoid(Wx x + bx + Wh h' + bh);  n = tanh(Wx x + bx + r (Wh h' + bh));
 *                       h = (1 - z) n + z h'
 *
 * Shapes (T steps, N batch, I inputs, L layers, D directions, H = state_size, G = 1, 4 (i, f, g, o) or 3 (r, z, n) gates):
 *   data              argument  (T, N, I)
 *   parameters        argument  (P)          for each layer and direction Wx (G H, I or D H) and Wh (G H, H), then for
 *                                            each bx (G H) and bh (G H)
 *   state             argument  (L D, N, H)  h before the first step
 *   state_cell        argument  (L D, N, H)  c before the first step, lstm only
 *   sequence_length   argument  (N)          only with `use_sequence_length`: steps that count; outputs after them are 0
 *   output            output    (T, N, D H)
 *   state_output      output    (L D, N, H)  only with `state_outputs`
 *   statecell_output  output    (L D, N, H)  only with `state_outputs`, lstm
 *   reserve           output    (L D, T, N, K H)  hidden: what backward needs of each step
 *   mask              output    (L - 1, T, N, D H)  hidden, with dropout: 0 or 1 / (1 - p)
 *
 * @throws AttributeError  an attribute that is not supported.
 * @throws ShapeError      `data` has not three axes.
 */
export const rnn: OperatorSpec<RNNAttributes> = defineOperator({
  name: "RNN",
  aliases: ["_npx_rnn"],
  attributes,
  arguments: ({ mode, use_sequence_length }) => [
    "data",
    "parameters",
    "state",
    ...(mode === "lstm" ? ["state_cell"] : []),
    ...(use_sequence_length ? ["sequence_length"] : []),
  ],
  outputs: outputNames,
  visibleOutputs: ({ state_outputs, mode }) => (state_outputs ? (mode === "lstm" ? 3 : 2) : 1),
  backwardReads: (attributes) => ({
    outputs: [...outputNames(attributes).entries()].flatMap(([i, name]) =>
      name === "reserve" || name === "mask" ? [i] : [],
    ),
  }),
  inferShape(attributes, known) {
    checkSupported(attributes);
    const { num_layers, bidirectional, state_size, mode, use_sequence_length } = attributes;
    const [data, , state] = known.arguments;
    if (data === undefined) return {};
    if (data.length !== 3) {
      throw new ShapeError(`argument "data" has shape ${formatShape(data)}, expected 3 axes (step, batch, input).`, {
        argument: "data",
        expected: 3,
        actual: data,
      });
    }
    const directions = bidirectional ? 2 : 1;
    const [steps = 0, , inputs = 0] = data;
    const batch = data[1] || state?.[1] || 0;
    const parameters =
      inputs === 0 ? 0 : rnnParts(attributes, inputs).reduce((total, { shape }) => total + sizeOf(shape), 0);
    const states = [num_layers * directions, batch, state_size];
    const shapes: Record<string, readonly number[]> = {
      output: [steps, batch, directions * state_size],
      state_output: states,
      statecell_output: states,
      reserve: [num_layers * directions, steps, batch, KEPT[mode] * state_size],
      mask: [num_layers - 1, steps, batch, directions * state_size],
    };
    return {
      arguments: [
        [steps, batch, inputs],
        [parameters],
        states,
        ...(mode === "lstm" ? [states] : []),
        ...(use_sequence_length ? [[batch]] : []),
      ],
      outputs: outputNames(attributes).map((name) => shapes[name]),
    };
  },
  inferType({ use_sequence_length }, known) {
    const last = known.arguments.length - 1;
    const floats = use_sequence_length ? known.arguments.slice(0, last) : known.arguments;
    const type = [...floats, ...known.outputs].find((found) => found !== undefined);
    return {
      arguments: known.arguments.map((own, i) => (use_sequence_length && i === last ? (own ?? type) : type)),
      outputs: known.outputs.map(() => type),
    };
  },
});
