import type { LoweringTable } from "@mxgraft/operator";
import { argExtremumLowerings } from "./array/arg-extremum-lowerings.ts";
import { blockLowerings } from "./array/block-lowerings.ts";
import { broadcastShapeLowerings } from "./array/broadcast-shape-lowerings.ts";
import { castLowering } from "./array/cast.ts";
import { concatLowering } from "./array/concat.ts";
import { coordinateLowerings } from "./array/coordinate-lowerings.ts";
import { embeddingLowering } from "./array/embedding.ts";
import { latticeLowerings } from "./array/lattice-lowerings.ts";
import { matrixProductLowerings } from "./array/matrix-product-lowerings.ts";
import { npCumsumLowering } from "./array/np-cumsum.ts";
import { oneHotLowering } from "./array/one-hot.ts";
import { orderingLowerings } from "./array/ordering-lowerings.ts";
import { padLowering } from "./array/pad.ts";
import { permutationLowering } from "./array/permutation.ts";
import { pickedLowerings } from "./array/picked-lowerings.ts";
import { reductionLowerings } from "./array/reduction-lowerings.ts";
import { repeatLowering } from "./array/repeat.ts";
import { reverseLowering } from "./array/reverse.ts";
import { sequenceLowerings } from "./array/sequence-lowerings.ts";
import { sliceChannelLowering } from "./array/slice-channel.ts";
import { splitV2Lowering } from "./array/split-v2.ts";
import { stackLowering } from "./array/stack.ts";
import { takeLowering } from "./array/take.ts";
import { tileLowering } from "./array/tile.ts";
import { whereLowering } from "./array/where.ts";
import { binaryLowerings } from "./elementwise/binary-lowerings.ts";
import { clipLowering } from "./elementwise/clip.ts";
import { contribDivSqrtDimLowering } from "./elementwise/contrib-div-sqrt-dim.ts";
import { hardSigmoidLowering } from "./elementwise/hard-sigmoid.ts";
import { makeLossOfElementsLowering } from "./elementwise/make-loss.ts";
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
import { groupNormLowerings } from "./norm-loss/group-norm-lowerings.ts";
import { l2NormalizationLowering } from "./norm-loss/l2-normalization.ts";
import { layerNormLowering } from "./norm-loss/layer-norm.ts";
import { lrnLowering } from "./norm-loss/lrn.ts";
import { regressionOutputLowerings } from "./norm-loss/regression-output-lowerings.ts";
import { softmaxCrossEntropyLowering } from "./norm-loss/softmax-cross-entropy.ts";
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
import { deconvolutionLowering } from "./vision/deconvolution.ts";
import { proposalLowering } from "./vision/proposal-lowering.ts";
import { roiPoolingLowering } from "./vision/roi-pooling.ts";
import { spatialTransformerLowering } from "./vision/spatial-transformer.ts";
import { upSamplingLowering } from "./vision/up-sampling.ts";

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
  Cast: castLowering,
  Concat: concatLowering,
  Embedding: embeddingLowering,
  Pad: padLowering,
  SliceChannel: sliceChannelLowering,
  SwapAxis: permutationLowering,
  _np_cumsum: npCumsumLowering,
  _split_v2: splitV2Lowering,
  expand_dims: reshapeLowering,
  amp_cast: castLowering,
  one_hot: oneHotLowering,
  repeat: repeatLowering,
  reshape_like: reshapeLowering,
  reverse: reverseLowering,
  squeeze: reshapeLowering,
  stack: stackLowering,
  take: takeLowering,
  tile: tileLowering,
  transpose: permutationLowering,
  where: whereLowering,
  ...argExtremumLowerings,
  ...blockLowerings,
  ...broadcastShapeLowerings,
  ...coordinateLowerings,
  ...latticeLowerings,
  ...matrixProductLowerings,
  ...orderingLowerings,
  ...pickedLowerings,
  ...reductionLowerings,
  ...sequenceLowerings,
  // Element by element
  _contrib_div_sqrt_dim: contribDivSqrtDimLowering,
  clip: clipLowering,
  hard_sigmoid: hardSigmoidLowering,
  make_loss: makeLossOfElementsLowering,
  ...binaryLowerings,
  ...scalarLowerings,
  ...unaryLowerings,
  // Normalizations, softmax and losses
  CTCLoss: ctcLossLowering,
  L2Normalization: l2NormalizationLowering,
  LayerNorm: layerNormLowering,
  LRN: lrnLowering,
  SVMOutput: svmOutputLowering,
  softmax_cross_entropy: softmaxCrossEntropyLowering,
  ...groupNormLowerings,
  ...regressionOutputLowerings,
  ...softmaxFamilyLowerings,
  // Resizing
  Deconvolution: deconvolutionLowering,
  UpSampling: upSamplingLowering,
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
