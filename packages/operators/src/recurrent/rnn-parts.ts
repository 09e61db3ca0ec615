import type { Shape } from "@mxgraft/base";
import type { RNNAttributes } from "./rnn.ts";

/** The parameters of one layer in one direction: how the gates follow from input and state. */
export interface RnnPart {
  /** 0.. layers * directions - 1; both directions of a layer follow each other. */
  readonly index: number;
  readonly kind: "inputWeight" | "stateWeight" | "inputBias" | "stateBias";
  /** (G H, input), (G H, H) or (G H) */
  readonly shape: Shape;
}

/** Gates of a mode: how many numbers a unit computes from input and state. */
export const RNN_GATES = { rnn_relu: 1, rnn_tanh: 1, lstm: 4, gru: 3 } as const;

/** What the vector `parameters` holds, in order: all weights, then all biases. */
export function rnnParts(attributes: RNNAttributes, inputSize: number): RnnPart[] {
  const { state_size: size, num_layers, bidirectional, mode } = attributes;
  const directions = bidirectional ? 2 : 1;
  const gates = RNN_GATES[mode] * size;
  const indices = Array.from({ length: num_layers * directions }, (_, index) => index);
  const inputOf = (index: number) => (index < directions ? inputSize : size * directions);
  return [
    ...indices.flatMap((index): RnnPart[] => [
      { index, kind: "inputWeight", shape: [gates, inputOf(index)] },
      { index, kind: "stateWeight", shape: [gates, size] },
    ]),
    ...indices.flatMap((index): RnnPart[] => [
      { index, kind: "inputBias", shape: [gates] },
      { index, kind: "stateBias", shape: [gates] },
    ]),
  ];
}
