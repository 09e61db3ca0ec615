import type { LoweringTable } from "@mxgraft/operator";
import { concatLowering } from "./array/concat.ts";
import { permutationLowering } from "./array/permutation.ts";
import { reductionLowerings } from "./array/reduction-lowerings.ts";
import { sliceChannelLowering } from "./array/slice-channel.ts";
import { binaryLowerings } from "./elementwise/binary-lowerings.ts";
import { clipLowering } from "./elementwise/clip.ts";
import { scalarLowerings } from "./elementwise/scalar-lowerings.ts";
import { unaryLowerings } from "./elementwise/unary-lowerings.ts";
import { activationLowering } from "./nn/activation.ts";
import { batchNormLowering } from "./nn/batch-norm.ts";
import { convolutionLowering } from "./nn/convolution.ts";
import { dropoutLowering } from "./nn/dropout.ts";
import { fullyConnectedLowering } from "./nn/fully-connected.ts";
import { leakyReLULowering } from "./nn/leaky-relu.ts";
import { makeLossLowering } from "./nn/make-loss.ts";
import { poolingLowering, poolingV1Lowering } from "./nn/pooling.ts";
import { reshapeLowering } from "./nn/reshape.ts";
import { softmaxOutputLowering } from "./nn/softmax-output.ts";
import { ctcLossLowering } from "./norm-loss/ctc-loss.ts";
import { l2NormalizationLowering } from "./norm-loss/l2-normalization.ts";
import { lrnLowering } from "./norm-loss/lrn.ts";
import { regressionOutputLowerings } from "./norm-loss/regression-output-lowerings.ts";
import { softmaxFamilyLowerings } from "./norm-loss/softmax-family-lowerings.ts";
import { svmOutputLowering } from "./norm-loss/svm-output.ts";
import { rnnLowering } from "./recurrent/rnn.ts";
import { adamUpdateLowering } from "./update/adam-update.ts";
import { ftmlUpdateLowering } from "./update/ftml-update.ts";
import { ftrlUpdateLowering } from "./update/ftrl-update.ts";
import { nagMomUpdateLowering } from "./update/nag-mom-update.ts";
import { rmspropUpdateLowering } from "./update/rmsprop-update.ts";
import { rmspropalexUpdateLowering } from "./update/rmspropalex-update.ts";
import { sgdMomUpdateLowering } from "./update/sgd-mom-update.ts";
import { sgdUpdateLowering } from "./update/sgd-update.ts";
import { signsgdUpdateLowering } from "./update/signsgd-update.ts";
import { signumUpdateLowering } from "./update/signum-update.ts";
import { bilinearSamplerLowering } from "./vision/bilinear-sampler.ts";
import { boxNmsLowering } from "./vision/contrib-box-nms.ts";
import { multiBoxDetectionLowering } from "./vision/contrib-multi-box-detection.ts";
import { multiBoxTargetLowering } from "./vision/contrib-multi-box-target.ts";
import { roiAlignLowering } from "./vision/contrib-roi-align.ts";
import { proposalLowering } from "./vision/proposal-lowering.ts";
import { roiPoolingLowering } from "./vision/roi-pooling.ts";
import { spatialTransformerLowering } from "./vision/spatial-transformer.ts";

/**
 * Lowerings of MXNet's built-in operators, by their canonical names. Operators that gain nothing by one are not here:
 * compiled mode records what their kernels call.
 */
export const builtinLowerings: LoweringTable = {
  // Neural networks
  Activation: activationLowering,
  BatchNorm: batchNormLowering,
  BatchNorm_v1: batchNormLowering,
  Convolution: convolutionLowering,
  Convolution_v1: convolutionLowering,
  Dropout: dropoutLowering,
  Flatten: reshapeLowering,
  FullyConnected: fullyConnectedLowering,
  LeakyReLU: leakyReLULowering,
  MakeLoss: makeLossLowering,
  Pooling: poolingLowering,
  Pooling_v1: poolingV1Lowering,
  Reshape: reshapeLowering,
  SoftmaxOutput: softmaxOutputLowering,
  // Arrays
  Concat: concatLowering,
  SliceChannel: sliceChannelLowering,
  SwapAxis: permutationLowering,
  expand_dims: reshapeLowering,
  squeeze: reshapeLowering,
  transpose: permutationLowering,
  ...reductionLowerings,
  // Element by element
  clip: clipLowering,
  ...binaryLowerings,
  ...scalarLowerings,
  ...unaryLowerings,
  // Normalizations, softmax and losses
  CTCLoss: ctcLossLowering,
  L2Normalization: l2NormalizationLowering,
  LRN: lrnLowering,
  SVMOutput: svmOutputLowering,
  ...regressionOutputLowerings,
  ...softmaxFamilyLowerings,
  // Recurrent layers
  RNN: rnnLowering,
  // Update rules
  adam_update: adamUpdateLowering,
  ftml_update: ftmlUpdateLowering,
  ftrl_update: ftrlUpdateLowering,
  nag_mom_update: nagMomUpdateLowering,
  rmsprop_update: rmspropUpdateLowering,
  rmspropalex_update: rmspropalexUpdateLowering,
  sgd_mom_update: sgdMomUpdateLowering,
  sgd_update: sgdUpdateLowering,
  signsgd_update: signsgdUpdateLowering,
  signum_update: signumUpdateLowering,
  // Sampling, regions and boxes
  BilinearSampler: bilinearSamplerLowering,
  ROIPooling: roiPoolingLowering,
  SpatialTransformer: spatialTransformerLowering,
  _contrib_MultiBoxDetection: multiBoxDetectionLowering,
  _contrib_MultiBoxTarget: multiBoxTargetLowering,
  _contrib_MultiProposal: proposalLowering,
  _contrib_Proposal: proposalLowering,
  _contrib_ROIAlign: roiAlignLowering,
  _contrib_box_nms: boxNmsLowering,
};
