import type { HostArray } from "@mxgraft/base";
import { fillArray } from "../fill-array.ts";
import { number, readOptions } from "../read-options.ts";
import { Initializer } from "./initializer.ts";

/**
 * The bias of an LSTM cell: 0 but for the forget gate, the second of its four parts. Give it to the variable itself,
 * `variable("lstm_bias", { init: new LSTMBias() })`: by name a bias would become 0.
 *
 * @param forgetBias  bias of the forget gate, default 1.
 */
export class LSTMBias extends Initializer {
  readonly forgetBias: number;

  constructor(options: { readonly forgetBias?: number } = {}) {
    const { forgetBias } = readOptions('Initializer "lstmbias"', options, { forgetBias: number(1) });
    super("lstmbias", { forget_bias: forgetBias }, ["forget_bias"]);
    this.forgetBias = forgetBias;
  }

  override initWeight(_name: string, array: HostArray): void {
    const rows = array.shape[0] ?? 1;
    const hidden = Math.trunc(rows / 4);
    const step = array.data.length / Math.max(1, rows);
    fillArray(array, (i) => {
      const row = Math.floor(i / step);
      return row >= hidden && row < 2 * hidden ? this.forgetBias : 0;
    });
  }
}
