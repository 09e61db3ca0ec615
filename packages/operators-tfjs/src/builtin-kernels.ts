import type { OperatorSpec } from "@mxgraft/operator";
import type { builtins } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { arrayKernels } from "./array/array-kernels.ts";
import { elementwiseKernels } from "./elementwise/elementwise-kernels.ts";
import { activationKernels } from "./nn/activation.ts";
import { batchNormKernels } from "./nn/batch-norm.ts";
import { syncBatchNormKernels } from "./nn/contrib-sync-batch-norm.ts";
import { convolutionKernels } from "./nn/convolution.ts";
import { dropoutKernels } from "./nn/dropout.ts";
import { flattenKernels } from "./nn/flatten.ts";
import { fullyConnectedKernels } from "./nn/fully-connected.ts";
import { leakyReLUKernels } from "./nn/leaky-relu.ts";
import { makeLossKernels } from "./nn/make-loss.ts";
import { poolingKernels, poolingV1Kernels } from "./nn/pooling.ts";
import { reshapeKernels } from "./nn/reshape.ts";
import { softmaxOutputKernels } from "./nn/softmax-output.ts";
import { normLossKernels } from "./norm-loss/norm-loss-kernels.ts";
import { recurrentKernels } from "./recurrent/recurrent-kernels.ts";
import { updateRuleKernels } from "./update/update-rule-kernels.ts";
import { visionKernels } from "./vision/vision-kernels.ts";

type Builtins = typeof builtins;

type KernelsOf<Spec> = Spec extends OperatorSpec<infer A> ? KernelTable<A> : never;

/** The kernels of MXNet's built-in operators, each under its canonical MXNet name. */
export const builtinKernels: { readonly [Name in keyof Builtins]: KernelsOf<Builtins[Name]> } = {
  // Neural networks
  Activation: activationKernels,
  BatchNorm: batchNormKernels,
  BatchNorm_v1: batchNormKernels,
  _contrib_SyncBatchNorm: syncBatchNormKernels,
  Convolution: convolutionKernels,
  Convolution_v1: convolutionKernels,
  Dropout: dropoutKernels,
  Flatten: flattenKernels,
  FullyConnected: fullyConnectedKernels,
  LeakyReLU: leakyReLUKernels,
  MakeLoss: makeLossKernels,
  Pooling: poolingKernels,
  Pooling_v1: poolingV1Kernels,
  Reshape: reshapeKernels,
  SoftmaxOutput: softmaxOutputKernels,
  // Arrays: moving, choosing and reducing elements
  ...arrayKernels,
  // Element by element
  ...elementwiseKernels,
  // Normalizations, softmax and losses
  ...normLossKernels,
  // Recurrent layers
  ...recurrentKernels,
  // Resizing, sampling, regions and boxes
  ...visionKernels,
  // Update rules of optimizers
  ...updateRuleKernels,
};
