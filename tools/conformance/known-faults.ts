/**
 * Recorded values that are faults of MXNet, which mxgraft does not copy and the cases do not mark. Each was checked
 * against finite differences of the forward pass, with which ours agrees.
 */
export const KNOWN_FAULTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "graphs/squeeze_excite": {
    "grad:se_relu_gamma": "MXNet multiplies the gradient of this PReLU's gamma by gamma once more",
  },
};
