import { type HostArray, hostArray, type Random, ShapeError } from "@mxgraft/base";
import { fillArray } from "../fill-array.ts";
import { boolean, integer, number, type OptionRule, oneOf, readOptions } from "../read-options.ts";
import { InitDesc } from "./init-desc.ts";
import { Initializer, type ParameterInitializer } from "./initializer.ts";

/** Names of the gates, in the order in which their weights follow each other. */
const GATES = { rnn_relu: [""], rnn_tanh: [""], lstm: ["_i", "_f", "_c", "_o"], gru: ["_r", "_z", "_o"] } as const;

export interface FusedRNNOptions {
  readonly init?: Initializer | null;
  readonly numHidden: number;
  readonly numLayers: number;
  readonly mode: "rnn_relu" | "rnn_tanh" | "lstm" | "gru";
  readonly bidirectional?: boolean;
  readonly forgetBias?: number;
}

const initRule: OptionRule<Initializer | null> = {
  expected: "an initializer, or null",
  fallback: null,
  parse: (value) => (value === null || value instanceof Initializer ? value : undefined),
};

/**
 * The one vector that holds all parameters of MXNet's `RNN` operator: each weight (numHidden, inputs) of a gate is
 * filled by itself, by its name; biases are 0, those of the forget gates of an LSTM `forgetBias`.
 *
 * The vector: for each layer and direction the weights of the inputs, gate by gate, then those of the last state;
 * after all weights the biases, in the same order.
 *
 * @param init           for the weights; the initializer of the network when left out. (MXNet 1.9.1 cannot read back
 *                       what it writes for one.)
 * @param numHidden      features of a state.
 * @param numLayers      layers.
 * @param mode           "rnn_relu", "rnn_tanh", "lstm" or "gru".
 * @param bidirectional  default false.
 * @param forgetBias     default 1.
 */
export class FusedRNN extends Initializer {
  readonly #options: Required<FusedRNNOptions>;

  constructor(options: FusedRNNOptions) {
    const given = readOptions('Initializer "fusedrnn"', options, {
      init: initRule,
      numHidden: integer(undefined, 1),
      numLayers: integer(undefined, 1),
      mode: oneOf(undefined, ["rnn_relu", "rnn_tanh", "lstm", "gru"]),
      bidirectional: boolean(false),
      forgetBias: number(1),
    });
    super(
      "fusedrnn",
      {
        init: given.init?.dumps() ?? null,
        num_hidden: given.numHidden,
        num_layers: given.numLayers,
        mode: given.mode,
        bidirectional: given.bidirectional,
        forget_bias: given.forgetBias,
      },
      ["forget_bias"],
    );
    this.#options = given;
  }

  /** @throws ShapeError  the vector is not as long as the parameters of such a network are. */
  override initWeight(name: string, array: HostArray, random: Random, globalInit?: ParameterInitializer): void {
    const { init, mode, forgetBias } = this.#options;
    const chosen = init ?? globalInit;
    const parts = this.#parts(name, array.data.length);
    const values = new Float32Array(array.data.length);
    let offset = 0;
    for (const { partName, shape } of parts) {
      const part = hostArray("float32", shape);
      if (mode === "lstm" && partName.endsWith("_f_bias")) part.data.fill(forgetBias);
      else chosen?.initialize(new InitDesc(partName), part, random);
      values.set(part.data, offset);
      offset += part.data.length;
    }
    fillArray(array, (i) => values[i] ?? 0);
  }

  /** Names and shapes of the matrices and biases in the vector, in order. */
  #parts(name: string, length: number): { partName: string; shape: readonly number[] }[] {
    const { numHidden, numLayers, mode, bidirectional } = this.#options;
    const gates: readonly string[] = GATES[mode];
    const directions = bidirectional ? ["l", "r"] : ["l"];
    const below = directions.length * numHidden;
    const perRow = length / directions.length / numHidden / gates.length;
    const inputs = perRow - (numLayers - 1) * (numHidden + below + 2) - numHidden - 2;
    if (!Number.isInteger(inputs) || inputs < 1) {
      throw new ShapeError(
        `Parameter "${name}" has ${length} elements, which no ${mode} with numHidden ${numHidden}, numLayers ${numLayers} and ${directions.length} direction(s) has.`,
        { argument: name, actual: length },
      );
    }
    const cells = Array.from({ length: numLayers }, (_, layer) => directions.map((side) => ({ layer, side }))).flat();
    const each =
      (source: string, kind: string, shapeOf: (layer: number) => readonly number[]) =>
      ({ layer, side }: { layer: number; side: string }) =>
        gates.map((gate) => ({ partName: `${side}${layer}_${source}${gate}_${kind}`, shape: shapeOf(layer) }));
    const fromInputs = each("i2h", "weight", (layer) => [numHidden, layer === 0 ? inputs : below]);
    const fromState = each("h2h", "weight", () => [numHidden, numHidden]);
    const inputBias = each("i2h", "bias", () => [numHidden]);
    const stateBias = each("h2h", "bias", () => [numHidden]);
    return [
      ...cells.flatMap((cell) => [...fromInputs(cell), ...fromState(cell)]),
      ...cells.flatMap((cell) => [...inputBias(cell), ...stateBias(cell)]),
    ];
  }
}
