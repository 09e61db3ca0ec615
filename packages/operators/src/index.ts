// All of them, by their MXNet names
export { builtins } from "./builtins.ts";
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
