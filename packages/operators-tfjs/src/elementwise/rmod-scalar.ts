import * as tf from "@tensorflow/tfjs";
import { modulo } from "./modulo.ts";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _rmod_scalar. */
export const rmodScalarKernels = scalarKernels({
  forward: (x, s) => modulo(tf.broadcastTo(s, x.shape), x),
  slope: (x, _, scalar) => tf.neg(tf.floor(tf.div(scalar, x))),
});
