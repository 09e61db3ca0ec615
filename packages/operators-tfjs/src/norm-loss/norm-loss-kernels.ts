import { ctcLossKernels } from "./ctc-loss.ts";
import { groupNormKernels } from "./group-norm.ts";
import { instanceNormKernels } from "./instance-norm.ts";
import { l2NormalizationKernels } from "./l2-normalization.ts";
import { layerNormKernels } from "./layer-norm.ts";
import { linearRegressionOutputKernels } from "./linear-regression-output.ts";
import { logSoftmaxKernels } from "./log-softmax.ts";
import { logisticRegressionOutputKernels } from "./logistic-regression-output.ts";
import { lrnKernels } from "./lrn.ts";
import { maeRegressionOutputKernels } from "./mae-regression-output.ts";
import { softmaxKernels } from "./softmax.ts";
import { softmaxActivationKernels } from "./softmax-activation.ts";
import { softmaxCrossEntropyKernels } from "./softmax-cross-entropy.ts";
import { softminKernels } from "./softmin.ts";
import { svmOutputKernels } from "./svm-output.ts";

/** The kernels of normalizations, softmax and losses, each under its canonical MXNet name. */
export const normLossKernels = {
  CTCLoss: ctcLossKernels,
  GroupNorm: groupNormKernels,
  InstanceNorm: instanceNormKernels,
  L2Normalization: l2NormalizationKernels,
  LRN: lrnKernels,
  LayerNorm: layerNormKernels,
  LinearRegressionOutput: linearRegressionOutputKernels,
  LogisticRegressionOutput: logisticRegressionOutputKernels,
  MAERegressionOutput: maeRegressionOutputKernels,
  SVMOutput: svmOutputKernels,
  SoftmaxActivation: softmaxActivationKernels,
  log_softmax: logSoftmaxKernels,
  softmax: softmaxKernels,
  softmax_cross_entropy: softmaxCrossEntropyKernels,
  softmin: softminKernels,
} as const;
