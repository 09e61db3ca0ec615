import { float32Array } from "@mxgraft/base";
import { testGradients } from "../norm-loss/difference-cases.ts";

const lengths = float32Array([3], [4, 1, 2]);

// Two layers, both directions, dropout and sequences of different lengths: what the recorded cases leave out.
testGradients(
  (
    [
      ["lstm", 4],
      ["gru", 3],
      ["rnn_tanh", 1],
    ] as const
  ).map(([mode, gates]) => {
    const first = 2 * gates * 2 * (3 + 2 + 2);
    const second = 2 * gates * 2 * (4 + 2 + 2);
    const states = [4, 3, 2];
    return {
      name: mode,
      operator: "RNN" as const,
      attributes: {
        mode,
        state_size: "2",
        num_layers: "2",
        bidirectional: "True",
        p: "0.4",
        state_outputs: "True",
        use_sequence_length: "True",
      },
      arguments: [[4, 3, 3], [first + second], states, ...(mode === "lstm" ? [states] : []), lengths],
    };
  }),
);
