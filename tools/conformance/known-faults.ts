/**
 * In some graphs MXNet computes the gradient of a PReLU's gamma from a head gradient that it has overwritten with the
 * gradient of the data, so that it comes out multiplied by gamma once more. Single operators are right.
 */
const GAMMA_TWICE = "MXNet multiplies the gradient of this PReLU's gamma by gamma once more";

/**
 * Recorded values that are faults of MXNet, which mxgraft does not copy and the cases do not mark. Each differs from
 * finite differences of the forward pass, with which ours agrees (but for "data" of attention, where each of the four
 * writes alone would be a part of the gradient).
 */
export const KNOWN_FAULTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // Four variables are called "data" and share one array of gradients, which MXNet also uses as scratch memory.
  "graphs/attention": {
    "grad:data": "MXNet writes four gradients, and scratch values, into one array",
    "grad:v_weight": "MXNet overwrites the gradient that this one is computed from",
  },
  "graphs/squeeze_excite": {
    "grad:se_relu_gamma": GAMMA_TWICE,
  },
  "graphs/pnet": {
    "grad:prelu1_gamma": GAMMA_TWICE,
    "grad:prelu2_gamma": GAMMA_TWICE,
    "grad:prelu3_gamma": GAMMA_TWICE,
  },
};

/** Cases of which a backend gives something else that is right as well, by backend. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  webgl: {
    "ops/Activation/relu_nan_inf": "relu keeps NaN on webgl; MXNet's cases allow NaN and 0",
  },
};
