import { arrayOperators } from "./array/array-operators.ts";
import { elementwiseOperators } from "./elementwise/elementwise-operators.ts";
import { activation } from "./nn/activation.ts";
import { batchNorm, batchNormV1 } from "./nn/batch-norm.ts";
import { syncBatchNorm } from "./nn/contrib-sync-batch-norm.ts";
import { convolution, convolutionV1 } from "./nn/convolution.ts";
import { dropout } from "./nn/dropout.ts";
import { flatten } from "./nn/flatten.ts";
import { fullyConnected } from "./nn/fully-connected.ts";
import { leakyReLU } from "./nn/leaky-relu.ts";
import { makeLoss } from "./nn/make-loss.ts";
import { pooling, poolingV1 } from "./nn/pooling.ts";
import { reshape } from "./nn/reshape.ts";
import { softmaxOutput } from "./nn/softmax-output.ts";
import { normLossOperators } from "./norm-loss/norm-loss-operators.ts";
import { recurrentOperators } from "./recurrent/recurrent-operators.ts";
import { updateRules } from "./update/update-rules.ts";
import { visionOperators } from "./vision/vision-operators.ts";

/** MXNet's built-in operators, each under its canonical MXNet name. */
export const builtins = {
  // Neural networks
  Activation: activation,
  BatchNorm: batchNorm,
  BatchNorm_v1: batchNormV1,
  _contrib_SyncBatchNorm: syncBatchNorm,
  Convolution: convolution,
  Convolution_v1: convolutionV1,
  Dropout: dropout,
  Flatten: flatten,
  FullyConnected: fullyConnected,
  LeakyReLU: leakyReLU,
  MakeLoss: makeLoss,
  Pooling: pooling,
  Pooling_v1: poolingV1,
  Reshape: reshape,
  SoftmaxOutput: softmaxOutput,
  // Arrays: moving, choosing and reducing elements
  ...arrayOperators,
  // Element by element
  ...elementwiseOperators,
  // Normalizations, softmax and losses
  ...normLossOperators,
  // Recurrent layers
  ...recurrentOperators,
  // Resizing, sampling, regions and boxes
  ...visionOperators,
  // Update rules of optimizers
  ...updateRules,
} as const;
