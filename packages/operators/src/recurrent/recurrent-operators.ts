import { rnn } from "./rnn.ts";

/** Recurrent layers, each under its canonical MXNet name. */
export const recurrentOperators = { RNN: rnn } as const;
