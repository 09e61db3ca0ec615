// All of them, by their MXNet names
export { builtins } from "./builtins.ts";
// Arrays: moving, choosing and reducing elements; the specs themselves are in `builtins`
export { type ArangeAttributes, arangeStart } from "./array/arange.ts";
export type { ArgExtremumAttributes } from "./array/arg-extremum.ts";
export type { ArgsortAttributes } from "./array/argsort.ts";
export type { BatchDotAttributes } from "./array/batch-dot.ts";
export type { BlockAttributes } from "./array/block-attributes.ts";
export type { BroadcastAxisAttributes } from "./array/broadcast-axis.ts";
export type { BroadcastLikeAttributes } from "./array/broadcast-like.ts";
export type { BroadcastToAttributes } from "./array/broadcast-to.ts";
export type { CastAttributes } from "./array/cast.ts";
export type { ConcatAttributes } from "./array/concat.ts";
export type { ArangeLikeAttributes } from "./array/contrib-arange-like.ts";
export { type CropAttributes, cropOffset } from "./array/crop.ts";
export { type DiagAttributes, diagonalPositions } from "./array/diag.ts";
export type { DotAttributes } from "./array/dot.ts";
export type { EmbeddingAttributes } from "./array/embedding.ts";
export type { ExpandDimsAttributes } from "./array/expand-dims.ts";
export type { FilledAttributes } from "./array/filled-operator.ts";
export type { FullAttributes } from "./array/full.ts";
export { type Im2colAttributes, im2colPlaces } from "./array/im2col.ts";
export type { KhatriRaoAttributes } from "./array/khatri-rao.ts";
export type { LinalgGemmAttributes } from "./array/linalg-gemm.ts";
export type { LinalgGemm2Attributes } from "./array/linalg-gemm2.ts";
export type { LinalgSyrkAttributes } from "./array/linalg-syrk.ts";
export {
  type DiagonalPartAttributes,
  diagonalPlaces,
  type TriangularPartAttributes,
  triangularPlaces,
} from "./array/matrix-part.ts";
export type { TriangularProductAttributes } from "./array/triangular-product.ts";
export type { MomentsAttributes } from "./array/moments.ts";
export type { NormAttributes } from "./array/norm.ts";
export type { CumsumAttributes } from "./array/np-cumsum.ts";
export type { OneHotAttributes } from "./array/one-hot.ts";
export type { PadAttributes } from "./array/pad.ts";
export { type PickAttributes, pickedAxis } from "./array/pick.ts";
export { type ReducedAxes, reducedAxes, reducedShape, type ReductionAttributes } from "./array/reduction-operator.ts";
export type { RepeatAttributes } from "./array/repeat.ts";
export type { ReshapeLikeAttributes } from "./array/reshape-like.ts";
export type { ReverseAttributes } from "./array/reverse.ts";
export type { ScatterNdAttributes } from "./array/scatter-nd.ts";
export type { SequenceAttributes } from "./array/sequence-attributes.ts";
export type { SequenceMaskAttributes } from "./array/sequence-mask.ts";
export { type SliceAxisAttributes, sliceAxisBounds } from "./array/slice-axis.ts";
export type { SliceChannelAttributes } from "./array/slice-channel.ts";
export type { SliceLikeAttributes } from "./array/slice-like.ts";
export { type AxisSlice, axisSlice, type SliceAttributes } from "./array/slice.ts";
export type { SortAttributes } from "./array/sort.ts";
export { splitBounds, type SplitV2Attributes } from "./array/split-v2.ts";
export type { SqueezeAttributes } from "./array/squeeze.ts";
export type { StackAttributes } from "./array/stack.ts";
export { type SwapAxisAttributes, swappedAxes } from "./array/swap-axis.ts";
export type { TakeAttributes } from "./array/take.ts";
export type { TileAttributes } from "./array/tile.ts";
export type { TopkAttributes } from "./array/topk.ts";
export { type TransposeAttributes, transposedAxes } from "./array/transpose.ts";
// Element by element; the specs themselves are in `builtins`
export type { AddNAttributes } from "./elementwise/add-n.ts";
export type { ClipAttributes } from "./elementwise/clip.ts";
export type { HardSigmoidAttributes } from "./elementwise/hard-sigmoid.ts";
export type { NoAttributes } from "./elementwise/no-attributes.ts";
export type { ScalarAttributes } from "./elementwise/scalar-operator.ts";
export type { Col2imAttributes } from "./array/col2im.ts";
export type { IndexLatticeAttributes } from "./array/index-lattice.ts";
export type { LinspaceAttributes } from "./array/linspace.ts";
export type { AmpMulticastAttributes } from "./array/amp-multicast.ts";
export type { EyeAttributes } from "./array/eye.ts";
export type { InterleavedAttentionAttributes } from "./array/interleaved-attention.ts";
export type { RandomNormalAttributes } from "./array/random-normal.ts";
export type { RandomUniformAttributes } from "./array/random-uniform.ts";
// Neural networks
export { type ActivationAttributes, activation } from "./nn/activation.ts";
export { type BatchNormAttributes, batchNorm, batchNormV1 } from "./nn/batch-norm.ts";
export type { SyncBatchNormAttributes } from "./nn/contrib-sync-batch-norm.ts";
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
// Recurrent layers
export { type RNNAttributes, rnn } from "./recurrent/rnn.ts";
export { type RnnPart, rnnParts } from "./recurrent/rnn-parts.ts";
// Resizing, sampling, regions and boxes; the specs themselves are in `builtins`
export type { BilinearSamplerAttributes } from "./vision/bilinear-sampler.ts";
export type { AdaptiveAvgPooling2DAttributes } from "./vision/contrib-adaptive-avg-pooling2d.ts";
export type { BilinearResize2DAttributes } from "./vision/contrib-bilinear-resize2d.ts";
export type { BoxDecodeAttributes } from "./vision/contrib-box-decode.ts";
export type { BoxIouAttributes } from "./vision/contrib-box-iou.ts";
export type { BoxNmsAttributes } from "./vision/contrib-box-nms.ts";
export type { BipartiteMatchingAttributes } from "./vision/contrib-bipartite-matching.ts";
export type { PSROIPoolingAttributes } from "./vision/contrib-psroi-pooling.ts";
export type { MultiBoxDetectionAttributes } from "./vision/contrib-multi-box-detection.ts";
export type { MultiBoxPriorAttributes } from "./vision/contrib-multi-box-prior.ts";
export type { MultiBoxTargetAttributes } from "./vision/contrib-multi-box-target.ts";
export type { ROIAlignAttributes } from "./vision/contrib-roi-align.ts";
export { type CorrelationAttributes, displacements } from "./vision/correlation.ts";
export type { DeformableConvolutionAttributes } from "./vision/deformable-convolution.ts";
export { type DeconvolutionAttributes, type DeconvolutionWindow, deconvolutionWindow } from "./vision/deconvolution.ts";
export type { GridGeneratorAttributes } from "./vision/grid-generator.ts";
export type { ProposalAttributes } from "./vision/proposal-operator.ts";
export type { ROIPoolingAttributes } from "./vision/roi-pooling.ts";
export type { SpatialTransformerAttributes } from "./vision/spatial-transformer.ts";
export { type UpSamplingAttributes, upSamplingWindow } from "./vision/up-sampling.ts";
// Update rules of optimizers
export type { AdamwUpdateAttributes } from "./update/adamw-update.ts";
export type { GroupAdagradUpdateAttributes } from "./update/contrib-group-adagrad-update.ts";
export type { MultiLarsAttributes } from "./update/multi-lars.ts";
export type {
  MultiSgdAttributes,
  MultiSgdMomAttributes,
  PreloadedSgdAttributes,
  PreloadedSgdMomAttributes,
} from "./update/multi-sgd-rule.ts";
export type { MultiSumSqAttributes } from "./update/multi-sum-sq.ts";
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
