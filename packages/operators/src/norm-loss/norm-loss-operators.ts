import { ctcLoss } from "./ctc-loss.ts";
import { groupNorm } from "./group-norm.ts";
import { instanceNorm } from "./instance-norm.ts";
import { l2Normalization } from "./l2-normalization.ts";
import { layerNorm } from "./layer-norm.ts";
import { linearRegressionOutput } from "./linear-regression-output.ts";
import { logSoftmax } from "./log-softmax.ts";
import { logisticRegressionOutput } from "./logistic-regression-output.ts";
import { lrn } from "./lrn.ts";
import { maeRegressionOutput } from "./mae-regression-output.ts";
import { softmax } from "./softmax.ts";
import { softmaxActivation } from "./softmax-activation.ts";
import { softmaxCrossEntropy } from "./softmax-cross-entropy.ts";
import { softmin } from "./softmin.ts";
import { svmOutput } from "./svm-output.ts";

/** Normalizations, softmax and losses, each under its canonical MXNet name. */
export const normLossOperators = {
  CTCLoss: ctcLoss,
  GroupNorm: groupNorm,
  InstanceNorm: instanceNorm,
  L2Normalization: l2Normalization,
  LRN: lrn,
  LayerNorm: layerNorm,
  LinearRegressionOutput: linearRegressionOutput,
  LogisticRegressionOutput: logisticRegressionOutput,
  MAERegressionOutput: maeRegressionOutput,
  SVMOutput: svmOutput,
  SoftmaxActivation: softmaxActivation,
  log_softmax: logSoftmax,
  softmax,
  softmax_cross_entropy: softmaxCrossEntropy,
  softmin,
} as const;
