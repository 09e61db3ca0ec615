import { concatOperator } from "./concat.ts";

/**
 * Puts the flat weights and biases of a recurrent network together, as Gluon's layers do for `RNN`.
 *
 * Shapes: arg0, arg1, ... (any, alike but for axis `dim`) -> output (the sizes along `dim` added up).
 */
export const rnnParamConcat = concatOperator("_rnn_param_concat", []);
