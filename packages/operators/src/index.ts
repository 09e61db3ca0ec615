// All of them, by their MXNet names
export { builtins } from "./builtins.ts";
// Element by element; the specs themselves are in `builtins`
export type { AddNAttributes } from "./elementwise/add-n.ts";
export type { ClipAttributes } from "./elementwise/clip.ts";
export type { HardSigmoidAttributes } from "./elementwise/hard-sigmoid.ts";
export type { NoAttributes } from "./elementwise/no-attributes.ts";
export type { ScalarAttributes } from "./elementwise/scalar-operator.ts";
// Neural networks
export { type ActivationAttributes, activation } from "./nn/activation.ts";
export { type BatchNormAttributes, batchNorm, batchNormV1 } from "./nn/batch-norm.ts";
export { type ConvolutionAttributes, convolution, convolutionV1 } from "./nn/convolution.ts";
export { type DropoutAttributes, dropout } from "./nn/dropout.ts";
export { flatten } from "./nn/flatten.ts";
export { type FullyConnectedAttributes, fullyConnected } from "./nn/fully-connected.ts";
export { gammaShape, type LeakyReLUAttributes, leakyReLU } from "./nn/leaky-relu.ts";
export { type MakeLossAttributes, makeLoss } from "./nn/make-loss.ts";
export { type PoolingAttributes, type PoolingWindow, pooling, poolingV1, poolingWindow } from "./nn/pooling.ts";
export { type ReshapeAttributes, reshape } from "./nn/reshape.ts";
export { type SoftmaxOutputAttributes, softmaxOutput } from "./nn/softmax-output.ts";
export { type Window, windowOf } from "./nn/window.ts";
// Normalizations, softmax and losses; the specs themselves are in `builtins`
export type { CTCLossAttributes } from "./norm-loss/ctc-loss.ts";
export type { GroupNormAttributes } from "./norm-loss/group-norm.ts";
export type { InstanceNormAttributes } from "./norm-loss/instance-norm.ts";
export type { L2NormalizationAttributes } from "./norm-loss/l2-normalization.ts";
export type { LayerNormAttributes } from "./norm-loss/layer-norm.ts";
export type { LRNAttributes } from "./norm-loss/lrn.ts";
export type { RegressionOutputAttributes } from "./norm-loss/regression-output.ts";
export type { SoftmaxActivationAttributes } from "./norm-loss/softmax-activation.ts";
export type { SoftmaxAttributes } from "./norm-loss/softmax-operator.ts";
export type { SVMOutputAttributes } from "./norm-loss/svm-output.ts";
// Update rules of optimizers
export { type AdamUpdateAttributes, adamUpdate } from "./update/adam-update.ts";
export { type FtmlUpdateAttributes, ftmlUpdate } from "./update/ftml-update.ts";
export { type FtrlUpdateAttributes, ftrlUpdate } from "./update/ftrl-update.ts";
export { type LambUpdatePhase1Attributes, lambUpdatePhase1 } from "./update/lamb-update-phase1.ts";
export { type LambUpdatePhase2Attributes, lambUpdatePhase2 } from "./update/lamb-update-phase2.ts";
export { type NagMomUpdateAttributes, nagMomUpdate } from "./update/nag-mom-update.ts";
export { type RmspropUpdateAttributes, rmspropUpdate } from "./update/rmsprop-update.ts";
export { type RmspropalexUpdateAttributes, rmspropalexUpdate } from "./update/rmspropalex-update.ts";
export { type SgdMomUpdateAttributes, sgdMomUpdate } from "./update/sgd-mom-update.ts";
export { type SgdUpdateAttributes, sgdUpdate } from "./update/sgd-update.ts";
export { type SignsgdUpdateAttributes, signsgdUpdate } from "./update/signsgd-update.ts";
export { type SignumUpdateAttributes, signumUpdate } from "./update/signum-update.ts";
