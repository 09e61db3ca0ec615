import type { LoweringTable } from "@mxgraft/operator";
import { activationLowering } from "./nn/activation.ts";
import { convolutionLowering } from "./nn/convolution.ts";
import { fullyConnectedLowering } from "./nn/fully-connected.ts";
import { makeLossLowering } from "./nn/make-loss.ts";
import { poolingLowering, poolingV1Lowering } from "./nn/pooling.ts";
import { reshapeLowering } from "./nn/reshape.ts";
import { softmaxOutputLowering } from "./nn/softmax-output.ts";
import { sgdMomUpdateLowering } from "./update/sgd-mom-update.ts";
import { sgdUpdateLowering } from "./update/sgd-update.ts";

/**
 * Lowerings of MXNet's built-in operators, by their canonical names. Operators that gain nothing by one are not here:
 * compiled mode records what their kernels call.
 */
export const builtinLowerings: LoweringTable = {
  // Neural networks
  Activation: activationLowering,
  Convolution: convolutionLowering,
  Convolution_v1: convolutionLowering,
  Flatten: reshapeLowering,
  FullyConnected: fullyConnectedLowering,
  MakeLoss: makeLossLowering,
  Pooling: poolingLowering,
  Pooling_v1: poolingV1Lowering,
  Reshape: reshapeLowering,
  SoftmaxOutput: softmaxOutputLowering,
  // Update rules
  sgd_mom_update: sgdMomUpdateLowering,
  sgd_update: sgdUpdateLowering,
};
