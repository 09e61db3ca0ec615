import { rnnKernels } from "./rnn.ts";

/** The kernels of recurrent layers, each under its canonical MXNet name. */
export const recurrentKernels = { RNN: rnnKernels } as const;
